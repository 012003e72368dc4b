package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.KernelSet;

/** Products in blocks with all kinds of edges, in strips, and of one row. */
final class ProductExercise implements Exercise {

    private static final int MAX_LENGTH = 64;

    /** m x n: blocks, strips (eight rows and a rest), one row. */
    private static final int[][] SHAPES = {{17, 70}, {11, 21}, {1, 150}};

    private final Matrix a = operand(MAX_LENGTH, MAX_LENGTH);
    private final Matrix b = operand(MAX_LENGTH, 160);
    private final Matrix bTransposed = operand(160, MAX_LENGTH);
    private final Matrix c = operand(33, 160);
    private final Matrix bias = operand(1, 160);

    @Override
    public void run(KernelSet set, int length) {
        for (int[] shape : SHAPES) {
            for (Transpose transpose : Transpose.values()) {
                multiply(set, transpose, shape[0], length, shape[1]);
            }
        }
    }

    private void multiply(KernelSet set, Transpose transpose, int m, int k, int n) {
        Matrix left = transpose.a() ? window(a, k, m) : window(a, m, k);
        Matrix right = transpose.b() ? window(bTransposed, n, k) : window(b, k, n);
        Matrix product = window(c, m, n);
        Epilogue forward = Epilogue.activate(window(bias, 1, n), Activation.RELU);
        Epilogue backward = Epilogue.gradient(Activation.RELU, product);
        set.products().gemm(transpose, left, right, 0, product, forward, 0, m, 0, n);
        set.products().gemm(transpose, left, right, 0, product, backward, 0, m, 0, n);
        set.products().gemm(transpose, left, right, 1, product, Epilogue.NONE, 0, m, 0, n);
    }

    private static Matrix window(Matrix x, int rows, int cols) {
        return new Matrix(x.data(), 0, rows, cols, x.ld());
    }
}
