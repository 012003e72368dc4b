package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.Family;

import java.util.ArrayList;
import java.util.List;

/**
 * A family's pointwise losses, with and without their gradients, on a span of several vectors and a
 * rest.
 */
final class LossProbe implements FamilyProbe {

    private final Family family;
    private final float[] x = operand(1, 512).data();
    private final float[] t = operand(1, 512).data();
    private final float[] losses = operand(1, 512).data();
    private final float[] dx = operand(1, 512).data();

    LossProbe(Family family) {
        this.family = family;
    }

    @Override
    public List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (PointwiseLoss.Kind kind : PointwiseLoss.Kind.values()) {
            if (Family.of(kind) == family) {
                kernels.add(kernel(new PointwiseLoss(kind, 0.5f)));
            }
        }
        if (family == Family.LOSSES) {
            Kernel weigh = (set, length) -> set.losses().weigh(x, 0, losses, 0, 3 + length * 8);
            kernels.add(weigh.repeated());
        }
        return kernels;
    }

    private Kernel kernel(PointwiseLoss loss) {
        return (set, length) -> {
            int n = 3 + length * 8;
            set.losses().pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, dx, 0, n);
            set.losses().pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, null, 0, n);
        };
    }
}
