package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.PointwiseKernels;

import java.util.List;
import java.util.stream.Stream;

/** Every pointwise kernel on a short and a longer span, neither a multiple of any vector. */
final class PointwiseExercise implements Exercise {

    private static final List<Activation> FUNCTIONS =
            Stream.of(Activation.Kind.values())
                    .map(kind -> new Activation(kind, 0.5f, 2f))
                    .toList();

    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();
    private final byte[] bytes = new byte[512];

    @Override
    public void run(KernelSet set, int length) {
        PointwiseKernels kernels = set.pointwise();
        for (int n = 3; n < 512; n += 3 + length * 8) {
            for (Activation f : FUNCTIONS) {
                kernels.activate(f, x, 0, y, 0, n);
                kernels.activateGradient(f, x, 0, y, 0, y, 0, n);
            }
            kernels.axpy(0.5f, x, 0, y, 0, n);
            for (Combination how : Combination.values()) {
                kernels.combine(how, x, 0, y, 0, y, 0, n);
            }
            kernels.dropout(1, 0.5f, 0, x, 0, y, 0, n);
            kernels.scale(0.5f, y, 0, n);
            kernels.unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, n);
        }
    }
}
