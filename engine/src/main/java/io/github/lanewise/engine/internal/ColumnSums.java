package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Sums of many rows, column by column: blocks of rows are added up in floats by a kernel set, whose
 * order is the same in all sets, and the blocks' sums in double here. So one text serves all sets,
 * and a sum of a million rows is as exact as one of a block.
 */
public final class ColumnSums {

    /** Rows of a block; see {@link io.github.lanewise.engine.Kernels#columnSums}. */
    public static final int BLOCK = 1024;

    /** Columns at a time: what a thread remembers stays small. */
    private static final int CHUNK = 1024;

    private static final PerThread<double[]> TOTALS =
            PerThread.withInitial(() -> new double[CHUNK]);

    private ColumnSums() {}

    /** Sums the columns from {@code from} to {@code to}. */
    public static void run(RowKernels rows, Matrix x, float beta, Matrix sums, int from, int to) {
        if (x.rows() <= BLOCK) {
            rows.columnSums(x, 0, x.rows(), beta, sums, from, to);
            return;
        }
        double[] totals = TOTALS.get();
        for (int j = from; j < to; j += CHUNK) {
            sumChunk(rows, x, beta, sums, j, Math.min(to, j + CHUNK), totals);
        }
    }

    private static void sumChunk(
            RowKernels rows, Matrix x, float beta, Matrix sums, int from, int to, double[] totals) {
        float[] s = sums.data();
        int at = sums.offset() + from;
        int n = to - from;
        Arrays.fill(totals, 0, n, 0);
        for (int i = 0; i < x.rows(); i += BLOCK) {
            int end = Math.min(x.rows(), i + BLOCK);
            rows.columnSums(x, i, end, i == 0 ? beta : 0, sums, from, to);
            for (int j = 0; j < n; j++) {
                totals[j] += s[at + j];
            }
        }
        for (int j = 0; j < n; j++) {
            s[at + j] = (float) totals[j];
        }
    }

    /** Shrinks the columns of x that are longer than a limit, and writes how long they were. */
    public static void limitNorms(float limit, Matrix x, Matrix norms) {
        double[] totals = TOTALS.get();
        for (int j = 0; j < x.cols(); j += CHUNK) {
            limitNorms(limit, x, norms, j, Math.min(CHUNK, x.cols() - j), totals);
        }
    }

    private static void limitNorms(
            float limit, Matrix x, Matrix norms, int from, int n, double[] squares) {
        Arrays.fill(squares, 0, n, 0);
        for (int i = 0; i < x.rows(); i++) {
            int row = x.offset() + i * x.ld() + from;
            for (int j = 0; j < n; j++) {
                double value = x.data()[row + j];
                squares[j] += value * value;
            }
        }
        for (int j = 0; j < n; j++) {
            float norm = (float) Math.sqrt(squares[j]);
            norms.data()[norms.offset() + from + j] = norm;
            if (norm > limit) {
                scaleColumn(x, from + j, limit / norm);
            }
        }
    }

    private static void scaleColumn(Matrix x, int j, float factor) {
        for (int i = 0; i < x.rows(); i++) {
            x.data()[x.offset() + i * x.ld() + j] *= factor;
        }
    }
}
