package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.RowKernels;

/**
 * Softmax and its relatives on rows shorter than a vector, longer, and longer than 64 partial sums.
 */
final class RowExercise implements Exercise {

    private static final int ROWS = 5;

    private final Matrix x = operand(ROWS, 512);
    private final Matrix y = operand(ROWS, 512);
    private final Matrix dx = operand(ROWS, 512);

    @Override
    public void run(KernelSet set, int length) {
        run(set.rows(), 5);
        run(set.rows(), 69 + length * 3);
        run(set.rows(), 101 + length * 3);
    }

    private void run(RowKernels kernels, int cols) {
        run(kernels, window(x, cols), window(y, cols), window(dx, cols));
    }

    private static void run(RowKernels kernels, Matrix x, Matrix y, Matrix dx) {
        kernels.logSoftmax(x, y, 0, ROWS);
        kernels.logSoftmaxGradient(y, x, dx, 0, ROWS);
        kernels.softmax(x, y, 0, ROWS);
        kernels.softmaxGradient(y, x, dx, 0, ROWS);
    }

    private static Matrix window(Matrix x, int cols) {
        return new Matrix(x.data(), 0, ROWS, cols, x.ld());
    }
}
