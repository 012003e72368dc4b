package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;

/** Copies rows between matrices, on the caller's thread. */
public final class RowCopy {

    private RowCopy() {}

    /** Copies all rows to a matrix of the same shape. */
    public static void copy(Matrix from, Matrix to) {
        copy(from, 0, to, 0, from.cols());
    }

    /** Copies so many columns of all rows. */
    public static void copy(Matrix from, int fromCol, Matrix to, int toCol, int cols) {
        for (int i = 0; i < from.rows(); i++) {
            System.arraycopy(
                    from.data(),
                    from.offset() + i * from.ld() + fromCol,
                    to.data(),
                    to.offset() + i * to.ld() + toCol,
                    cols);
        }
    }
}
