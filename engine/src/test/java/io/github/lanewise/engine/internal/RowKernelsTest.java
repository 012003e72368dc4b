package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The row kernels of the SIMD set against those of the scalar set, bit for bit. */
@Tag("contract")
class RowKernelsTest {

    /** Too few for lanes, a partial and a whole group of them, and more than one. */
    private static final int[] ROWS = {3, 4, 5, 7, 18, 37};

    private final RowKernels scalar = ChosenKernels.scalar().rows();
    private final RowKernels chosen = ChosenKernels.set().rows();

    @Test
    void addRowMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) -> {
                    Matrix row = Rig.tight(n, values, seed);
                    Matrix expected = Rig.matrix(rows, n, padding(seed), values, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    scalar.addRow(row, expected, 1, rows - 1);
                    chosen.addRow(row, actual, 1, rows - 1);
                    Rig.assertSameBits("addRow", expected, actual);
                });
    }

    @Test
    void columnSumsMatchReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) -> {
                    Matrix x = Rig.matrix(rows, n, padding(seed), values, seed);
                    Matrix expected = Rig.matrix(1, n, 3, Values.ANY, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    int from = n / 7;
                    int first = (int) (seed % 3);
                    scalar.columnSums(x, first, rows, seed % 2, expected, from, n);
                    chosen.columnSums(x, first, rows, seed % 2, actual, from, n);
                    Rig.assertSameBits("columnSums", expected, actual);
                });
    }

    @Test
    void softmaxMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) ->
                        unary(rows, n, values, seed, RowKernels::softmax, "softmax"));
    }

    /** Attention asks so for a query that sees no key. */
    @Test
    void softmaxOfMinusInfinityAloneIsZeroAndNanStaysNan() {
        for (int n : new int[] {1, 2, 10, 15, 16, 33, 207}) {
            Matrix x = Rig.matrix(ROWS[5], n, 1, Values.PLAIN, n);
            for (int i = 0; i < x.rows(); i++) {
                int at = x.offset() + i * x.ld();
                if (i % 3 > 0) {
                    Arrays.fill(x.data(), at, at + n, Float.NEGATIVE_INFINITY);
                }
                if (i % 3 == 2) {
                    x.data()[at + i % n] = Float.NaN;
                }
            }
            for (RowKernels kernels : List.of(scalar, chosen)) {
                Matrix y = Rig.copy(x);
                kernels.softmax(x, y, 0, x.rows());
                for (int i = 0; i < x.rows(); i++) {
                    for (int j = 0; j < n; j++) {
                        float e = y.at(i, j);
                        switch (i % 3) {
                            case 0 -> assertTrue(e >= 0 && e <= 1, "plain: " + e);
                            case 1 -> assertSameFloat("nothing but -inf, of " + n, 0f, e);
                            default -> assertSameFloat("NaN among -inf", Float.NaN, e);
                        }
                    }
                }
            }
        }
    }

    @Test
    void logSoftmaxMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) ->
                        unary(rows, n, values, seed, RowKernels::logSoftmax, "logSoftmax"));
    }

    @Test
    void softmaxGradientMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) ->
                        binary(rows, n, values, seed, RowKernels::softmaxGradient, "softmax'"));
    }

    @Test
    void logSoftmaxGradientMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) ->
                        binary(
                                rows,
                                n,
                                values,
                                seed,
                                RowKernels::logSoftmaxGradient,
                                "logSoftmax'"));
    }

    @Test
    void softmaxCrossEntropyMatchesReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) -> {
                    if (n > 0) {
                        crossEntropy(rows, n, values, seed);
                    }
                });
    }

    private void crossEntropy(int rows, int n, Values values, long seed) {
        Matrix x = Rig.matrix(rows, n, padding(seed), values, seed);
        int[] labels = new Random(seed).ints(rows, 0, n).toArray();
        Matrix losses = Rig.matrix(1, rows, 2, values, seed + 1);
        Matrix actualLosses = Rig.copy(losses);
        Matrix expected = Rig.matrix(rows, n, 1, values, seed + 2);
        Matrix actual = Rig.copy(expected);
        scalar.softmaxCrossEntropy(x, labels, 0.125f, losses, expected, 1, rows - 1);
        chosen.softmaxCrossEntropy(x, labels, 0.125f, actualLosses, actual, 1, rows - 1);
        Rig.assertSameBits("cross-entropy", losses, actualLosses);
        Rig.assertSameBits("cross-entropy'", expected, actual);
        chosen.softmaxCrossEntropy(x, labels, 0.125f, actualLosses, null, 1, rows - 1);
        Rig.assertSameBits("cross-entropy without gradient", losses, actualLosses);
        scalar.softmaxCrossEntropy(x, labels, 0.125f, actualLosses, null, 1, rows - 1);
        Rig.assertSameBits("scalar cross-entropy without gradient", losses, actualLosses);
        Matrix inPlace = Rig.copy(x);
        scalar.softmaxCrossEntropy(x, labels, 0.125f, actualLosses, x, 1, rows - 1);
        chosen.softmaxCrossEntropy(inPlace, labels, 0.125f, actualLosses, inPlace, 1, rows - 1);
        Rig.assertSameBits("cross-entropy' in place", x, inPlace);
        Rig.assertSameBits("cross-entropy in place", losses, actualLosses);
    }

    @Test
    void sumAndDotMatchReferenceBitForBit() {
        everywhere(
                (rows, n, values, seed) -> {
                    Matrix x = Rig.tight(n, values, seed);
                    Matrix y = Rig.tight(n, values, seed + 1);
                    assertEquals(
                            scalar.sum(x.data(), x.offset(), n),
                            chosen.sum(x.data(), x.offset(), n),
                            "sum of " + n);
                    assertEquals(
                            scalar.dot(x.data(), x.offset(), y.data(), y.offset(), n),
                            chosen.dot(x.data(), x.offset(), y.data(), y.offset(), n),
                            "dot of " + n);
                    assertEquals(
                            scalar.weightedSum(x.data(), x.offset(), y.data(), y.offset(), n),
                            chosen.weightedSum(x.data(), x.offset(), y.data(), y.offset(), n),
                            "weighted sum of " + n);
                });
    }

    private interface Case {
        void check(int rows, int n, Values values, long seed);
    }

    private interface Unary {
        void apply(RowKernels kernels, Matrix x, Matrix y, int from, int to);
    }

    private interface Binary {
        void apply(RowKernels kernels, Matrix y, Matrix dy, Matrix dx, int from, int to);
    }

    /** Checks rows 1 to rows - 2, the others being canaries; then in place. */
    private void unary(int rows, int n, Values values, long seed, Unary f, String name) {
        Matrix x = Rig.matrix(rows, n, padding(seed), values, seed);
        Matrix expected = Rig.matrix(rows, n, 2, values, seed + 1);
        Matrix actual = Rig.copy(expected);
        f.apply(scalar, x, expected, 1, rows - 1);
        f.apply(chosen, x, actual, 1, rows - 1);
        Rig.assertSameBits(name, expected, actual);
        Matrix inPlace = Rig.copy(x);
        f.apply(scalar, x, x, 0, rows);
        f.apply(chosen, inPlace, inPlace, 0, rows);
        Rig.assertSameBits(name + " in place", x, inPlace);
        assertSameRows(name + " in place against not", expected, inPlace);
    }

    private void binary(int rows, int n, Values values, long seed, Binary f, String name) {
        Matrix y = Rig.matrix(rows, n, padding(seed), values, seed);
        Matrix dy = Rig.matrix(rows, n, padding(seed + 1), values, seed + 1);
        Matrix expected = Rig.matrix(rows, n, 2, values, seed + 2);
        Matrix actual = Rig.copy(expected);
        f.apply(scalar, y, dy, expected, 1, rows - 1);
        f.apply(chosen, y, dy, actual, 1, rows - 1);
        Rig.assertSameBits(name, expected, actual);
        Matrix inPlace = Rig.copy(dy);
        f.apply(scalar, y, dy, dy, 0, rows);
        f.apply(chosen, y, inPlace, inPlace, 0, rows);
        Rig.assertSameBits(name + " in place", dy, inPlace);
        assertSameRows(name + " in place against not", expected, inPlace);
    }

    private static void assertSameRows(String what, Matrix expected, Matrix actual) {
        for (int i = 1; i < expected.rows() - 1; i++) {
            for (int j = 0; j < expected.cols(); j++) {
                assertSameFloat(what, expected.at(i, j), actual.at(i, j));
            }
        }
    }

    private static void assertSameFloat(String what, float expected, float actual) {
        assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(actual), what);
    }

    private static int padding(long seed) {
        return (int) (seed % 3) * 2;
    }

    /**
     * Runs a case on all lengths and kinds of values, often enough for C2 to compile the kernels.
     */
    private static void everywhere(Case test) {
        for (int round = 0; round < 30; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    test.check(ROWS[round % ROWS.length], n, values, 31L * n + round);
                }
            }
        }
    }
}
