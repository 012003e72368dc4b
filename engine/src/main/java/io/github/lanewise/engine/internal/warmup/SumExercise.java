package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;

/** Sums and dot products, and a row added to each, for narrow and for wide matrices. */
final class SumExercise implements Exercise {

    private static final int ROWS = 19;

    private final Matrix x = operand(ROWS, 512);
    private final Matrix row = operand(1, 512);

    @Override
    public void run(KernelSet set, int length) {
        for (int turn = 0; turn < TURNS; turn++) {
            run(set, 10, 0);
            run(set, 5 + length * 16, turn % 2);
        }
    }

    private void run(KernelSet set, int cols, float beta) {
        Matrix window = new Matrix(x.data(), 0, ROWS, cols, x.ld());
        set.rows().columnSums(window, beta, row, 0, cols);
        set.rows().addRow(row, window, 0, ROWS);
        set.rows().sum(x.data(), 0, cols);
        set.rows().dot(x.data(), 0, row.data(), 0, cols);
    }
}
