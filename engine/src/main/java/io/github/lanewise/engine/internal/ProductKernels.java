package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

/** Matrix products; see {@link io.github.lanewise.engine.Kernels} for the mathematics. */
public interface ProductKernels {

    /**
     * Computes the elements of c in rows [fromRow, toRow) and columns [fromCol, toCol), and no
     * other.
     *
     * <p>Two calls on disjoint rectangles may run at the same time.
     */
    void gemm(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol);

    /** Computes the same without an epilogue, and hands over block after block of the rectangle. */
    default void gemm(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            BlockEnd end,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        gemm(transpose, a, b, beta, c, Epilogue.NONE, fromRow, toRow, fromCol, toCol);
        end.done(fromRow, fromCol, toRow - fromRow, toCol - fromCol);
    }
}
