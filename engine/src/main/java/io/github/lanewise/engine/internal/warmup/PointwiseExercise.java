package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.PointwiseKernels;

/**
 * Every pointwise kernel but the activations, on a short and a longer span, neither a multiple of
 * any vector.
 */
final class PointwiseExercise implements Exercise {

    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();

    @Override
    public void run(KernelSet set, int length) {
        for (int turn = 0; turn < TURNS; turn++) {
            run(set.pointwise(), 3);
            run(set.pointwise(), 3 + length * 8);
        }
    }

    private void run(PointwiseKernels kernels, int n) {
        kernels.axpy(0.5f, x, 0, y, 0, n);
        for (Combination how : Combination.values()) {
            kernels.combine(how, x, 0, y, 0, y, 0, n);
        }
        kernels.dropout(1, 0.5f, 0, x, 0, y, 0, n);
        kernels.scale(0.5f, y, 0, n);
    }
}
