package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The matrix product: bit for bit the scalar reference's, and right by a double-precision oracle.
 */
@Tag("contract")
class GemmContractTest {

    private static final Kernels REFERENCE = ChosenKernels.reference();

    private static final int[] THREADS = {1, 2, 3, 7};

    /**
     * m x k x n; empty, single, about lanes and tiles and blocks, prime, deep, flat, and real ones.
     */
    private static final int[][] SHAPES = {
        {0, 3, 4},
        {3, 0, 4},
        {3, 4, 0},
        {20, 0, 40},
        {1, 1, 1},
        {1, 5, 1},
        {1, 7, 300},
        {2, 11, 470},
        {2, 3, 5},
        {3, 17, 33},
        {4, 4, 4},
        {5, 9, 66},
        {6, 17, 5},
        {7, 8, 9},
        {8, 16, 32},
        {9, 15, 31},
        {8, 64, 33},
        {16, 64, 16},
        {17, 63, 65},
        {24, 1, 96},
        {23, 255, 37},
        {31, 257, 64},
        {32, 2, 20},
        {32, 20, 10},
        {32, 5, 2},
        {40, 300, 10},
        {64, 128, 10},
        {13, 513, 129},
        {257, 33, 40},
        {300, 20, 70},
        {61, 40, 1030},
        {100, 1, 100},
        {1, 784, 10},
        {64, 10, 128},
        {9, 1000, 1100},
    };

    /** Columns between rows that puts them on different pages. */
    private static final int FAR = 800;

    static Stream<Product> products() {
        List<Product> products = new ArrayList<>();
        for (int[] shape : SHAPES) {
            for (Transpose transpose : Transpose.values()) {
                products.add(new Product(transpose, shape[0], shape[1], shape[2], 0));
                products.add(new Product(transpose, shape[0], shape[1], shape[2], 3));
            }
        }
        for (Transpose transpose : Transpose.values()) {
            products.add(new Product(transpose, 100, 500, 300, FAR));
        }
        return products.stream();
    }

    @ParameterizedTest
    @MethodSource("products")
    void gemmMatchesReferenceBitForBit(Product product) {
        for (int threads : THREADS) {
            Kernels kernels = ChosenKernels.onThreads(threads);
            for (float beta : new float[] {0, 1}) {
                Operands operands = product.operands();
                for (Epilogue epilogue : operands.epilogues()) {
                    Matrix expected = Rig.copy(operands.c);
                    Matrix actual = Rig.copy(operands.c);
                    Transpose t = product.transpose;
                    REFERENCE.gemm(t, operands.a, operands.b, beta, expected, epilogue);
                    kernels.gemm(t, operands.a, operands.b, beta, actual, epilogue);
                    String what =
                            "%s beta %s %s on %d threads"
                                    .formatted(product, beta, epilogue, threads);
                    Rig.assertSameBits(what, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void gemmIsWithinTheRoundingBoundOfDoubleArithmetic(Product product) {
        Kernels kernels = ChosenKernels.onThreads(2);
        for (float beta : new float[] {0, 1}) {
            Operands operands = product.operands();
            Matrix c = Rig.copy(operands.c);
            Epilogue epilogue = Epilogue.bias(operands.bias);
            kernels.gemm(product.transpose, operands.a, operands.b, beta, c, epilogue);
            for (int i = 0; i < product.m; i++) {
                for (int j = 0; j < product.n; j++) {
                    product.assertWithinBound(operands, beta, i, j, c.at(i, j));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transpose.class)
    void gemmStaysTheSameWhenCompiled(Transpose transpose) {
        Kernels kernels = ChosenKernels.onThreads(1);
        for (int[] shape : new int[][] {{17, 40, 70}, {5, 30, 21}, {1, 33, 100}}) {
            Product product = new Product(transpose, shape[0], shape[1], shape[2], 3);
            Operands operands = product.operands();
            Epilogue epilogue = Epilogue.activate(operands.bias, Activation.RELU);
            Matrix expected = Rig.copy(operands.c);
            REFERENCE.gemm(transpose, operands.a, operands.b, 1, expected, epilogue);
            Matrix actual = Rig.copy(operands.c);
            for (int call = 0; call < 3000; call++) {
                System.arraycopy(operands.c.data(), 0, actual.data(), 0, actual.data().length);
                kernels.gemm(transpose, operands.a, operands.b, 1, actual, epilogue);
            }
            Rig.assertSameBits(product + " after 3000 calls", expected, actual);
        }
    }

    @Test
    void betaZeroIgnoresNanInC() {
        Product product = new Product(Transpose.NN, 19, 23, 37, 2);
        Operands operands = product.operands();
        Matrix c = Rig.copy(operands.c);
        Arrays.fill(c.data(), Float.NaN);
        ChosenKernels.onThreads(2).gemm(Transpose.NN, operands.a, operands.b, 0, c, Epilogue.NONE);
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.cols(); j++) {
                assertTrue(Float.isFinite(c.at(i, j)), i + ", " + j);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transpose.class)
    void specialValuesFollowTheReference(Transpose transpose) {
        float[] special = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0f,
            0f,
            1e38f,
            -1e38f,
            Float.MIN_VALUE,
            -Float.MIN_NORMAL,
            1f
        };
        for (int size : new int[] {3, 16, 40}) {
            Product product = new Product(transpose, size, size, size, 1);
            Operands operands = product.operands();
            SplittableRandom random = new SplittableRandom(size);
            for (int change = 0; change < size; change++) {
                Matrix target = random.nextBoolean() ? operands.a : operands.b;
                int i = random.nextInt(size);
                int j = random.nextInt(size);
                target.data()[target.offset() + i * target.ld() + j] =
                        special[random.nextInt(special.length)];
            }
            Matrix expected = Rig.copy(operands.c);
            Matrix actual = Rig.copy(operands.c);
            Epilogue epilogue = Epilogue.activate(operands.bias, Activation.RELU);
            REFERENCE.gemm(transpose, operands.a, operands.b, 1, expected, epilogue);
            ChosenKernels.onThreads(3).gemm(transpose, operands.a, operands.b, 1, actual, epilogue);
            Rig.assertSameBits(product + " with special values", expected, actual);
        }
    }

    /** Operands of one product, and what an epilogue may need. */
    private record Operands(Matrix a, Matrix b, Matrix c, Matrix bias, Matrix saved) {

        List<Epilogue> epilogues() {
            return List.of(
                    Epilogue.NONE,
                    Epilogue.bias(bias),
                    Epilogue.activate(bias, Activation.RELU),
                    Epilogue.activate(null, Activation.EXP),
                    Epilogue.gradient(Activation.RELU, saved));
        }
    }

    /** One product's form and sizes; rows stand {@code gap} elements apart. */
    private record Product(Transpose transpose, int m, int k, int n, int gap) {

        Operands operands() {
            SplittableRandom random = new SplittableRandom(31L * m + 7L * k + n);
            return new Operands(
                    transpose.a()
                            ? Rig.matrix(k, m, gap, Values.PLAIN, random.nextInt(1000))
                            : Rig.matrix(m, k, gap, Values.PLAIN, random.nextInt(1000)),
                    transpose.b()
                            ? Rig.matrix(n, k, gap, Values.PLAIN, random.nextInt(1000))
                            : Rig.matrix(k, n, gap, Values.PLAIN, random.nextInt(1000)),
                    Rig.matrix(m, n, gap, Values.PLAIN, random.nextInt(1000)),
                    Rig.matrix(1, n, gap, Values.PLAIN, random.nextInt(1000)),
                    Rig.matrix(m, n, gap, Values.PLAIN, random.nextInt(1000)));
        }

        /**
         * A chain of k roundings, one more for the bias: each off by at most 2^-24 of the sum of
         * the magnitudes so far.
         */
        void assertWithinBound(Operands x, float beta, int i, int j, float actual) {
            double exact = beta == 0 ? 0 : x.c.at(i, j);
            double magnitude = Math.abs(exact);
            for (int p = 0; p < k; p++) {
                double a = transpose.a() ? x.a.at(p, i) : x.a.at(i, p);
                double b = transpose.b() ? x.b.at(j, p) : x.b.at(p, j);
                exact += a * b;
                magnitude += Math.abs(a * b);
            }
            exact += x.bias.at(0, j);
            magnitude += Math.abs(x.bias.at(0, j));
            double bound = (k + 1) * 0x1p-24 * 1.01 * magnitude;
            assertTrue(
                    Math.abs(actual - exact) <= bound,
                    "%s (%d, %d): got %s, exact %s, off by more than %s"
                            .formatted(this, i, j, actual, exact, bound));
        }

        @Override
        public String toString() {
            return "%dx%dx%d %s ld+%d".formatted(m, k, n, transpose, gap);
        }
    }
}
