package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Normalizations of the SIMD set and of several threads against the scalar set, bit for bit. */
@Tag("contract")
class NormalizationKernelsTest {

    private static final int ROUNDS = 60;
    private static final int ROWS = 5;

    private final NormalizationKernels scalar = ChosenKernels.scalar().normalizations();
    private final NormalizationKernels chosen = ChosenKernels.set().normalizations();

    @Test
    void normalizeMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    RowNorm norm = norm(seed);
                    Matrix x = Rig.matrix(ROWS, n, 1, values, seed);
                    Matrix weight = seed % 3 == 0 ? null : Rig.matrix(2, n, 2, values, seed + 1);
                    Matrix bias = seed % 3 == 1 ? Rig.matrix(2, n, 3, values, seed + 2) : null;
                    Matrix[] expected = outputs(n, seed);
                    Matrix[] actual = outputs(n, seed);
                    normalize(scalar, norm, x, weight, bias, expected);
                    normalize(chosen, norm, x, weight, bias, actual);
                    assertSame("normalize " + n, expected, actual);
                    Matrix[] inPlace = {actual[2], actual[1], actual[2]};
                    normalize(chosen, norm, x, weight, bias, inPlace);
                    Rig.assertSameBits("normalize on y " + n, expected[2], inPlace[2]);
                });
    }

    private static Matrix[] outputs(int n, long seed) {
        return new Matrix[] {
            Rig.matrix(ROWS, n, 2, Values.PLAIN, seed + 3),
            Rig.matrix(1, ROWS, 1, Values.PLAIN, seed + 4),
            Rig.matrix(ROWS, n, 3, Values.PLAIN, seed + 5)
        };
    }

    private static void normalize(
            NormalizationKernels kernels,
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix[] out) {
        kernels.normalize(norm, x, weight, bias, out[0], out[1], out[2], 1, ROWS - 1);
    }

    @Test
    void normalizeGradientMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    Matrix kept = Rig.matrix(ROWS, n, 1, values, seed);
                    Matrix scales = Rig.matrix(1, ROWS, 0, values, seed + 1);
                    Matrix weight = seed % 3 == 0 ? null : Rig.matrix(2, n, 2, values, seed + 2);
                    Matrix dy = Rig.matrix(ROWS, n, 2, values, seed + 3);
                    Matrix expected = Rig.matrix(ROWS, n, 3, values, seed + 4);
                    Matrix actual = Rig.copy(expected);
                    RowNorm norm = norm(seed);
                    int to = ROWS - 1;
                    scalar.normalizeGradient(norm, kept, scales, weight, dy, expected, 1, to);
                    chosen.normalizeGradient(norm, kept, scales, weight, dy, actual, 1, to);
                    Rig.assertSameBits("normalize' " + n, expected, actual);
                    Matrix inPlace = Rig.copy(dy);
                    scalar.normalizeGradient(norm, kept, scales, weight, dy, dy, 0, ROWS);
                    chosen.normalizeGradient(norm, kept, scales, weight, inPlace, inPlace, 0, ROWS);
                    Rig.assertSameBits("normalize' in place " + n, dy, inPlace);
                });
    }

    @Test
    void columnDotsMatchReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    Matrix x = Rig.matrix(ROWS, n, 1, values, seed);
                    Matrix y = Rig.matrix(ROWS, n, 2, values, seed + 1);
                    Matrix expected = Rig.matrix(1, n, 3, values, seed + 2);
                    Matrix actual = Rig.copy(expected);
                    scalar.columnDots(x, y, seed % 2, expected, n / 7, n);
                    chosen.columnDots(x, y, seed % 2, actual, n / 7, n);
                    Rig.assertSameBits("columnDots " + n, expected, actual);
                });
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Matrix x = Rig.matrix(201, 131, 2, Values.PLAIN, 1);
        Matrix weight = Rig.matrix(3, 131, 0, Values.PLAIN, 2);
        Matrix[] expected = all(ChosenKernels.reference(), x, weight);
        for (int threads = 1; threads <= 3; threads++) {
            Matrix[] actual = all(ChosenKernels.onThreads(threads), x, weight);
            assertSame("on " + threads + " threads", expected, actual);
        }
    }

    private static Matrix[] all(Kernels kernels, Matrix x, Matrix weight) {
        RowNorm norm = new RowNorm(true, 1e-5f);
        Matrix kept = Matrix.zeros(x.rows(), x.cols());
        Matrix scales = Matrix.zeros(1, x.rows());
        Matrix y = Matrix.zeros(x.rows(), x.cols());
        Matrix dx = Matrix.zeros(x.rows(), x.cols());
        Matrix dots = Matrix.zeros(1, x.cols());
        kernels.normalizations().normalize(norm, x, weight, weight, kept, scales, y);
        kernels.normalizations().normalizeGradient(norm, kept, scales, weight, y, dx);
        kernels.normalizations().columnDots(kept, y, 0, dots);
        return new Matrix[] {kept, scales, y, dx, dots};
    }

    private static RowNorm norm(long seed) {
        return new RowNorm(seed % 2 == 0, 1e-5f);
    }

    private static void assertSame(String what, Matrix[] expected, Matrix[] actual) {
        for (int k = 0; k < expected.length; k++) {
            Rig.assertSameBits(what + ", matrix " + k, expected[k], actual[k]);
        }
    }

    private interface Case {
        void check(int n, Values values, long seed);
    }

    private static void everywhere(Case test) {
        for (int round = 0; round < ROUNDS; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    test.check(n, values, 31L * n + round);
                }
            }
        }
    }
}
