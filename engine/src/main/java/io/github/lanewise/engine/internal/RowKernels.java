package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;

/**
 * Operations that sum along or across rows; see {@link io.github.lanewise.engine.Kernels} for the
 * mathematics. Each computes the rows (or columns) from {@code from} to {@code to} of its output.
 */
public interface RowKernels {

    void addRow(Matrix row, Matrix y, int from, int to);

    /**
     * Sums the rows from {@code fromRow} to {@code toRow} in ascending order, a block of {@link
     * ColumnSums} or less.
     */
    void columnSums(Matrix x, int fromRow, int toRow, float beta, Matrix sums, int from, int to);

    void softmax(Matrix x, Matrix y, int from, int to);

    void logSoftmax(Matrix x, Matrix y, int from, int to);

    void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to);

    void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to);

    void softmaxCrossEntropy(
            Matrix logits,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dLogits,
            int from,
            int to);

    /** Returns the wide sum of n elements from an offset on, before it is taken again in double. */
    double sum(float[] x, int offset, int n);

    /** Returns the wide sum of n products x[j] y[j]; see {@link DoubleSum}. */
    double dot(float[] x, int xOffset, float[] y, int yOffset, int n);

    /** Returns the wide sum of n products x[j] y[j], without those where x[j] is 0. */
    double weightedSum(float[] x, int xOffset, float[] y, int yOffset, int n);
}
