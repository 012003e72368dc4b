package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.ArrayList;
import java.util.List;

/** Products in tiles, of each kind, with all kinds of edges. */
final class ProductProbe implements FamilyProbe {

    private static final int MAX_LENGTH = 64;

    private final Matrix a = operand(MAX_LENGTH, MAX_LENGTH);
    private final Matrix b = operand(MAX_LENGTH, 160);
    private final Matrix bTransposed = operand(160, MAX_LENGTH);
    private final Matrix c = operand(17, 160);
    private final Matrix bias = operand(1, 160);

    @Override
    public List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        kernels.add((set, k) -> multiply(set, Transpose.NN, 8, k, 134));
        kernels.add((set, k) -> multiply(set, Transpose.NT, 8, k, 70));
        kernels.add((set, k) -> multiply(set, Transpose.TN, 8, k, 134));
        for (Transpose transpose : Transpose.values()) {
            kernels.add((set, k) -> gemm(set, transpose, 17, k, 70, 1, Epilogue.NONE));
        }
        return kernels;
    }

    private void multiply(KernelSet set, Transpose transpose, int m, int k, int n) {
        Epilogue forward = Epilogue.activate(window(bias, 1, n), Activation.RELU);
        Epilogue backward = Epilogue.gradient(Activation.RELU, window(c, m, n));
        gemm(set, transpose, m, k, n, 0, forward);
        gemm(set, transpose, m, k, n, 0, backward);
        gemm(set, transpose, m, k, n, 0, Epilogue.NONE);
    }

    private void gemm(
            KernelSet set, Transpose transpose, int m, int k, int n, float beta, Epilogue end) {
        Matrix left = transpose.a() ? window(a, k, m) : window(a, m, k);
        Matrix right = transpose.b() ? window(bTransposed, n, k) : window(b, k, n);
        Matrix product = window(c, m, n);
        set.products().gemm(transpose, left, right, beta, product, end, 0, m, 0, n);
    }

    private static Matrix window(Matrix x, int rows, int cols) {
        return new Matrix(x.data(), 0, rows, cols, x.ld());
    }
}
