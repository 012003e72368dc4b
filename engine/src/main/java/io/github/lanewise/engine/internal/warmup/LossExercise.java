package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.PointwiseLoss;

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
    public List<Kernel> kernels() {
        Kernel weigh = (set, length) -> set.losses().weigh(x, 0, losses, 0, 3 + length * 8);
        return Stream.concat(LOSSES.stream().map(this::kernel), Stream.of(weigh.repeated()))
                .toList();
    }

    private Kernel kernel(PointwiseLoss loss) {
        return (set, length) -> {
            int n = 3 + length * 8;
            set.losses().pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, dx, 0, n);
            set.losses().pointwise(loss, 0, x, 0, t, 0, 0.5f, losses, 0, null, 0, n);
        };
    }
}
