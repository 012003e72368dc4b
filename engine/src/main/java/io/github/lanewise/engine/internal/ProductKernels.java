package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

/** Matrix products; see {@link io.github.lanewise.engine.Kernels} for the mathematics. */
public interface ProductKernels {

    /**
     * Elements of a right operand that it pays to {@link #prepack}: 1 MiB, the L2 cache of a core.
     */
    int MOST_PREPACKED = 256 * 1024;

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

    /**
     * Prepares for several products of one right operand with m rows each: what it takes to read it
     * fast is done once. Holds for this thread until its next call, and the operand must not
     * change.
     */
    default void prepack(Transpose transpose, Matrix b, int m) {}

    /**
     * Computes rows [fromRow, toRow) of c with the right operand that was {@link #prepack
     * prepacked}.
     */
    default void gemmPrepacked(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int fromRow,
            int toRow) {
        gemm(transpose, a, b, beta, c, epilogue, fromRow, toRow, 0, c.cols());
    }

    /**
     * Computes the same as {@link #gemm} without an epilogue, and hands over block after block of
     * the rectangle.
     */
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
