package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.LossKernels;

import java.util.List;
import java.util.stream.Stream;

/** Every pointwise loss, with and without its gradient, on a span of several vectors and a rest. */
final class LossExercise implements Exercise {

    private static final List<PointwiseLoss> LOSSES =
            Stream.of(PointwiseLoss.Kind.values())
                    .map(kind -> new PointwiseLoss(kind, 0.5f))
                    .toList();

    private final float[] x = operand(1, 512).data();
    private final float[] t = operand(1, 512).data();
    private final float[] losses = operand(1, 512).data();
    private final float[] dx = operand(1, 512).data();

    @Override
    public void run(KernelSet set, int length) {
        LossKernels kernels = set.losses();
        int n = 3 + length * 8;
        for (PointwiseLoss loss : LOSSES) {
            kernels.pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, dx, 0, n);
            kernels.pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, null, 0, n);
        }
        kernels.weigh(x, 0, losses, 0, n);
    }
}
