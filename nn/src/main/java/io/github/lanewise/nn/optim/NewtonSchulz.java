package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

/**
 * Brings the singular values of a matrix near 1 and keeps its singular vectors, by products alone:
 * with U S V<sup>T</sup> it ends near U V<sup>T</sup>, the nearest orthogonal matrix.
 *
 * <p>After division by the Frobenius norm all singular values s are from 0 to 1. Each round puts s
 * through the odd polynomial a s + b s^3 + c s^5, for the matrix X = a X + (b A + c A A) X, A = X
 * X<sup>T</sup>. Jordan's a, b, c do not converge to 1 but take small values up as fast as can be
 * and end between 0.7 and 1.2 within five rounds, which serves as well.
 *
 * <p>For tall matrices X<sup>T</sup> X does the same from the other side, so that A is always of
 * the smaller size.
 */
final class NewtonSchulz {

    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;

    /** PyTorch's: a gradient of 0 stays 0. */
    private static final float LEAST_NORM = 1e-7f;

    private final boolean tall;
    private final Matrix start;
    private final Matrix other;
    private final Matrix square;
    private final Matrix polynomial;

    NewtonSchulz(int rows, int cols) {
        int size = Math.min(rows, cols);
        tall = rows > cols;
        start = Matrix.zeros(rows, cols);
        other = Matrix.zeros(rows, cols);
        square = Matrix.zeros(size, size);
        polynomial = Matrix.zeros(size, size);
    }

    boolean fits(Matrix x) {
        return x.rows() == start.rows() && x.cols() == start.cols();
    }

    /** Returns the matrix into which the caller writes. */
    Matrix matrix() {
        return start;
    }

    /** Changes that matrix in place or moves it to another, and returns it. */
    Matrix run(Kernels kernels, int rounds) {
        double norm = Math.sqrt(kernels.dot(start, start));
        kernels.scale((float) (1 / Math.max(norm, LEAST_NORM)), start);
        Matrix x = start;
        Matrix next = other;
        for (int i = 0; i < rounds; i++) {
            round(kernels, x, next);
            Matrix last = x;
            x = next;
            next = last;
        }
        return x;
    }

    private void round(Kernels kernels, Matrix x, Matrix next) {
        Transpose own = tall ? Transpose.TN : Transpose.NT;
        kernels.gemm(own, x, x, 0, square, Epilogue.NONE);
        kernels.gemm(Transpose.NN, square, square, 0, polynomial, Epilogue.NONE);
        kernels.scale(C, polynomial);
        kernels.axpy(B, square, polynomial);
        Matrix left = tall ? x : polynomial;
        Matrix right = tall ? polynomial : x;
        kernels.gemm(Transpose.NN, left, right, 0, next, Epilogue.NONE);
        kernels.axpy(A, x, next);
    }
}
