package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Sums of very many numbers, of huge ones and of tiny ones, against double precision. */
@Tag("contract")
class LongSumsTest {

    private static final double EPSILON = 0x1p-24;
    private static final int MILLION = 1_000_000;

    /** On the edges of groups, of parts of a long strided sum, and of blocks of rows. */
    private static final int[] LENGTHS = {
        255, 256, 257, 271, 272, 511, 512, 777, 4096, 4097, 4112, 8192, 8193, 12_345, 65_536,
        100_003
    };

    private final Kernels reference = ChosenKernels.reference();
    private final List<Kernels> chosen =
            List.of(ChosenKernels.onThreads(1), ChosenKernels.onThreads(3));

    private static Matrix filled(int rows, int cols, float value) {
        Matrix x = Matrix.zeros(rows, cols);
        Arrays.fill(x.data(), value);
        return x;
    }

    @Test
    void theMeanOfAMillionEqualNumbersIsTheNumber() {
        float loss = 0.0999824f;
        for (Matrix x : List.of(filled(1, MILLION, loss), filled(MILLION, 1, loss))) {
            for (Kernels kernels : chosen) {
                assertEquals(loss, (float) (kernels.sum(x) / MILLION));
            }
        }
        Restraints restraints = reference.restraints();
        assertEquals(
                loss, (float) (restraints.sumOfAbsolutes(filled(1, MILLION, -loss)) / MILLION));
    }

    @Test
    void longSumsMatchReferenceBitForBitAndDoublePrecision() {
        for (int n : LENGTHS) {
            for (Values values : Values.values()) {
                Matrix x = Rig.tight(n, values, n);
                Matrix y = Rig.tight(n, values, n + 1);
                double sum = reference.sum(x);
                double dot = reference.dot(x, y);
                double weighted = reference.weightedSum(x, y);
                for (Kernels kernels : chosen) {
                    assertEquals(sum, kernels.sum(x), "sum of " + n);
                    assertEquals(dot, kernels.dot(x, y), "dot of " + n);
                    assertEquals(weighted, kernels.weightedSum(x, y), "weighted sum of " + n);
                }
                if (values == Values.PLAIN) {
                    checkSums(x, y, sum, dot, weighted);
                }
            }
        }
    }

    private static void checkSums(Matrix x, Matrix y, double sum, double dot, double weighted) {
        double exactSum = 0;
        double exactDot = 0;
        double sizeOfSum = 0;
        double sizeOfDot = 0;
        for (int j = 0; j < x.cols(); j++) {
            double product = (double) x.at(0, j) * y.at(0, j);
            exactSum += x.at(0, j);
            exactDot += product;
            sizeOfSum += Math.abs(x.at(0, j));
            sizeOfDot += Math.abs(product);
        }
        // four additions in float, and a product
        Rig.assertWithin("sum", 4.01 * EPSILON * sizeOfSum, exactSum, sum);
        Rig.assertWithin("dot", 5.01 * EPSILON * sizeOfDot, exactDot, dot);
        Rig.assertWithin("weighted", 5.01 * EPSILON * sizeOfDot, exactDot, weighted);
    }

    @Test
    void weightsOfZeroTakeElementsOut() {
        Matrix weights = filled(1, 777, 0);
        Matrix x = filled(1, 777, Float.NEGATIVE_INFINITY);
        for (int j = 3; j < 777; j += 7) {
            weights.data()[j] = 0.5f;
            x.data()[j] = 4;
        }
        x.data()[5] = Float.NaN;
        for (Kernels kernels : chosen) {
            assertEquals(2 * Math.ceilDiv(777 - 3, 7), kernels.weightedSum(weights, x));
        }
    }

    @Test
    void squaresThatNoFloatHoldsAreSummedInDouble() {
        for (float size : new float[] {1e30f, 2.5e-30f, 1e-44f}) {
            for (int n : new int[] {1, 5, 16, 300, 5000}) {
                Matrix x = filled(1, n, size);
                double exact = (double) size * size * n;
                for (Kernels kernels : chosen) {
                    Rig.assertWithin("dot of " + size, 1e-12 * exact, exact, kernels.dot(x, x));
                }
                Matrix norms = Matrix.zeros(1, 1);
                reference.restraints().limitRowNorms(Float.MAX_VALUE, x, norms);
                float norm = (float) Math.sqrt(exact);
                assertEquals(norm, norms.at(0, 0), Math.ulp(norm));
                Matrix column = new Matrix(x.data(), 0, n, 1, 1);
                reference.restraints().limitColumnNorms(Float.MAX_VALUE, column, norms);
                assertEquals(norm, norms.at(0, 0), Math.ulp(norm));
            }
        }
    }

    @Test
    void aSumThatOverflowsOnItsWayIsTakenInDouble() {
        Matrix x = filled(1, 600, 3e38f);
        for (Kernels kernels : chosen) {
            assertEquals(600 * (double) 3e38f, kernels.sum(x), 1e30);
        }
        assertEquals(600 * (double) 3e38f, reference.restraints().sumOfAbsolutes(x), 1e30);
    }

    @Test
    void infinitiesAndNanStayInSums() {
        Matrix x = filled(1, 600, 1);
        x.data()[77] = Float.POSITIVE_INFINITY;
        for (Kernels kernels : chosen) {
            assertEquals(Double.POSITIVE_INFINITY, kernels.sum(x));
            assertEquals(Double.POSITIVE_INFINITY, kernels.dot(x, x));
        }
        x.data()[78] = Float.NaN;
        for (Kernels kernels : chosen) {
            assertEquals(Double.NaN, kernels.sum(x));
            assertEquals(Double.NaN, kernels.dot(x, x));
        }
    }

    @Test
    void columnSumsOfAMillionRowsAreAsExactAsThoseOfABlock() {
        for (int cols : new int[] {1, 5}) {
            Matrix x = filled(MILLION, cols, 0.1f);
            Matrix sums = filled(1, cols, 7);
            for (Kernels kernels : chosen) {
                kernels.columnSums(x, 0, sums);
                for (float sum : sums.data()) {
                    // a block's 1023 additions, each by half a unit in the last place at most
                    Rig.assertWithin("sum", 4e-5 * 1e5, (double) 0.1f * MILLION, sum);
                }
            }
        }
    }

    @Test
    void columnSumsOfManyBlocksMatchReferenceBitForBitAndDoublePrecision() {
        for (int rows : new int[] {1024, 1025, 2048, 3000}) {
            for (int cols : new int[] {3, 21, 1100}) {
                for (float beta : new float[] {0, 1}) {
                    checkColumnSums(Rig.matrix(rows, cols, 2, Values.PLAIN, rows), beta);
                }
            }
        }
    }

    private void checkColumnSums(Matrix x, float beta) {
        Matrix expected = Rig.matrix(1, x.cols(), 1, Values.PLAIN, 5);
        Matrix before = Rig.copy(expected);
        reference.columnSums(x, beta, expected);
        for (Kernels kernels : chosen) {
            Matrix actual = Rig.copy(before);
            kernels.columnSums(x, beta, actual);
            Rig.assertSameBits("sums of " + x.shape(), expected, actual);
        }
        for (int j = 0; j < x.cols(); j++) {
            double sum = beta * before.at(0, j);
            double size = Math.abs(sum);
            for (int i = 0; i < x.rows(); i++) {
                sum += x.at(i, j);
                size += Math.abs(x.at(i, j));
            }
            Rig.assertWithin("sum", 1025 * EPSILON * size, sum, expected.at(0, j));
        }
    }

    @Test
    void softmaxOfALongRowIsExact() {
        int n = 1 << 20;
        Matrix x = filled(1, n, -1.3f);
        x.data()[7] = 2;
        Matrix y = Matrix.zeros(1, n);
        double rest = Math.exp(-1.3f - 2.0);
        double sum = 1 + (n - 1) * rest;
        for (Kernels kernels : chosen) {
            kernels.softmax(x, y);
            Rig.assertWithin("softmax", 1e-5 / sum, 1 / sum, y.at(0, 7));
            kernels.logSoftmax(x, y);
            Rig.assertWithin("logSoftmax", 1e-5, -Math.log(sum), y.at(0, 7));
        }
    }

    @Test
    void longStridedSumsMatchReferenceBitForBit() {
        for (int n : LENGTHS) {
            Matrix x = Rig.matrix(2, n, 1, Values.PLAIN, n);
            Matrix dy = Rig.matrix(2, n, 0, Values.PLAIN, n + 1);
            Matrix[] expected = {Matrix.zeros(2, n), Matrix.zeros(2, n), Matrix.zeros(2, n)};
            reference.softmax(x, expected[0]);
            reference.softmaxGradient(expected[0], dy, expected[1]);
            reference.logSoftmaxGradient(expected[0], dy, expected[2]);
            for (Kernels kernels : chosen) {
                Matrix y = Matrix.zeros(2, n);
                Matrix dx = Matrix.zeros(2, n);
                kernels.softmax(x, y);
                Rig.assertSameBits("softmax of " + n, expected[0], y);
                kernels.softmaxGradient(y, dy, dx);
                Rig.assertSameBits("softmax' of " + n, expected[1], dx);
                kernels.logSoftmaxGradient(y, dy, dx);
                Rig.assertSameBits("logSoftmax' of " + n, expected[2], dx);
            }
        }
    }

    @Test
    void distancesOfHugeRowsDoNotOverflow() {
        Losses losses = chosen.getFirst().losses();
        Matrix loss = Matrix.zeros(1, 1);
        Matrix dx = Matrix.zeros(1, 3);
        losses.tripletMargin(Matrix.row(3e20f, 1e20f, 0), 0, 0, 1, loss, dx);
        assertEquals(0, loss.at(0, 0));
        losses.tripletMargin(Matrix.row(3e20f, 0, 1e20f), 0, 0, 1, loss, dx);
        assertEquals(1e20f, loss.at(0, 0), 1e14f);
        Rig.assertSameBits("gradient", Matrix.row(0, -1, 1), dx);
        Matrix x = filled(1, 40, 1e25f);
        Matrix y = filled(1, 40, -2e25f);
        dx = Matrix.zeros(1, 40);
        losses.cosine(x, y, null, 0, 1, loss, dx, Matrix.zeros(1, 40));
        assertEquals(2, loss.at(0, 0), 1e-6f);
        Rig.assertFinite("gradient", dx);
        dx = Matrix.zeros(1, 1000);
        x = Matrix.zeros(1, 1000);
        x.data()[0] = 1e20f;
        losses.multiMargin(true, 1, null, x, new int[] {1}, 1, loss, dx);
        assertEquals(1e37f, loss.at(0, 0), 1e31f);
    }

    @Test
    void aClassWeightOfZeroTakesTheSampleOut() {
        Losses losses = chosen.getFirst().losses();
        Matrix loss = filled(1, 1, 5);
        Matrix dx = Matrix.zeros(1, 2);
        Matrix x = Matrix.row(1, Float.POSITIVE_INFINITY);
        for (boolean squared : new boolean[] {false, true}) {
            losses.multiMargin(squared, 1, Matrix.row(0, 1), x, new int[] {0}, 1, loss, dx);
            assertEquals(0, loss.at(0, 0));
            assertEquals(0, Math.abs(dx.at(0, 0)) + Math.abs(dx.at(0, 1)));
        }
    }
}
