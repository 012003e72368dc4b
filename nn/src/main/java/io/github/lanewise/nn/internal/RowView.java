package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * Views the samples of a batch as rows of another length, for example a row for each time step. A
 * batch with padding between its rows is copied first.
 */
public final class RowView {

    private final Kernels kernels;
    private final int cols;
    private Matrix batch;
    private Matrix copy;
    private Matrix view;

    /** Makes views with rows of so many columns, which divide the features of a sample. */
    public RowView(Kernels kernels, int cols) {
        this.kernels = kernels;
        this.cols = cols;
    }

    /** Returns the rows of a batch; allocates only when it is another matrix than last time. */
    public Matrix of(Matrix batch) {
        if (batch != this.batch) {
            this.batch = batch;
            copy = batch.isContiguous() ? null : Matrix.zeros(batch.rows(), batch.cols());
            Matrix dense = copy == null ? batch : copy;
            view = of(dense, cols);
        }
        if (copy != null) {
            kernels.activate(Activation.IDENTITY, batch, copy);
        }
        return view;
    }

    /** Views a matrix without padding as rows of so many columns. */
    public static Matrix of(Matrix dense, int cols) {
        return new Matrix(dense.data(), dense.offset(), dense.size() / cols, cols, cols);
    }
}
