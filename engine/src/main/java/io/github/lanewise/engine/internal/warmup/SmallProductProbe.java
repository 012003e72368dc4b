package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.ArrayList;
import java.util.List;

/** Small products, in tiles of eight rows and a rest, and single rows. */
final class SmallProductProbe implements FamilyProbe {

    private static final int MAX_LENGTH = 64;

    /** Tiles of sixteen, eight and four vectors of 512 bits, and a rest. */
    private static final int WIDE = 464;

    /** m x n of products in tiles of eight rows. */
    static final int[][] NARROW = {{27, 10}, {11, 21}};

    /** The same of a single row. */
    static final int[][] ROW = {{1, WIDE}};

    private final int[][] shapes;
    private final float[] a = operand(MAX_LENGTH, MAX_LENGTH).data();
    private final float[] b = operand(MAX_LENGTH, WIDE).data();
    private final float[] c = operand(32, WIDE).data();
    private final Matrix bias = operand(1, WIDE);

    SmallProductProbe(int[][] shapes) {
        this.shapes = shapes;
    }

    @Override
    public List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (int[] shape : shapes) {
            for (Transpose transpose : Transpose.values()) {
                kernels.add((set, k) -> multiply(set, transpose, shape[0], k, shape[1]));
            }
        }
        return kernels;
    }

    private void multiply(KernelSet set, Transpose transpose, int m, int k, int n) {
        Matrix left = transpose.a() ? matrix(a, k, m) : matrix(a, m, k);
        Matrix right = transpose.b() ? matrix(b, n, k) : matrix(b, k, n);
        Matrix product = matrix(c, m, n);
        Matrix row = matrix(bias.data(), 1, n);
        Epilogue forward = Epilogue.activate(row, Activation.RELU);
        Epilogue backward = Epilogue.gradient(Activation.RELU, product);
        set.products().gemm(transpose, left, right, 0, product, forward, 0, m, 0, n);
        set.products().gemm(transpose, left, right, 0, product, backward, 0, m, 0, n);
        set.products().gemm(transpose, left, right, 1, product, Epilogue.NONE, 0, m, 0, n);
    }

    /** Rows lie side by side, as those of narrow results do. */
    private static Matrix matrix(float[] data, int rows, int cols) {
        return new Matrix(data, 0, rows, cols, cols);
    }
}
