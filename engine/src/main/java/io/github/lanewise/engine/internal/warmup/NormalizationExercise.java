package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.NormalizationKernels;

/** Every normalization, with and without its options, on rows shorter and longer than a vector. */
final class NormalizationExercise implements Exercise {

    private static final int ROWS = 3;
    private static final RowNorm CENTERED = new RowNorm(true, 1e-5f);
    private static final RowNorm NOT_CENTERED = new RowNorm(false, 1e-5f);

    private final Matrix x = operand(ROWS, 512);
    private final Matrix y = operand(ROWS, 512);
    private final Matrix normalized = operand(ROWS, 512);
    private final Matrix weight = operand(2, 512);
    private final Matrix scales = operand(1, ROWS);
    private final Matrix sums = operand(1, 512);

    @Override
    public void run(KernelSet set, int length) {
        for (int cols = 5; cols < 256; cols += 5 + length * 2) {
            run(set.normalizations(), cols);
        }
    }

    private void run(NormalizationKernels kernels, int cols) {
        Matrix in = window(x, cols);
        Matrix out = window(y, cols);
        Matrix kept = window(normalized, cols);
        Matrix w = window(weight, cols);
        kernels.normalize(CENTERED, in, w, w, kept, scales, out, 0, ROWS);
        kernels.normalizeGradient(CENTERED, kept, scales, w, in, out, 0, ROWS);
        kernels.normalize(NOT_CENTERED, in, w, null, kept, scales, out, 0, ROWS);
        kernels.normalize(NOT_CENTERED, in, null, null, kept, scales, out, 0, ROWS);
        kernels.normalizeGradient(NOT_CENTERED, kept, scales, null, in, out, 0, ROWS);
        kernels.columnDots(in, kept, 0, window(sums, cols), 0, cols);
        kernels.columnDots(in, kept, 1, window(sums, cols), 0, cols);
    }

    private static Matrix window(Matrix x, int cols) {
        return new Matrix(x.data(), 0, x.rows(), cols, x.ld());
    }
}
