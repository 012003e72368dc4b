package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Test;

/** The scalar row kernels against double precision, and against what the mathematics demands. */
class RowOracleTest {

    /** Half a unit in the last place, relative. */
    private static final double EPSILON = 0x1p-24;

    private final RowKernels rows = ChosenKernels.scalar().rows();

    @Test
    void sumAndDotAgreeWithDoublePrecision() {
        for (int n : Rig.LENGTHS) {
            Matrix x = Rig.tight(n, Values.PLAIN, n);
            Matrix y = Rig.tight(n, Values.PLAIN, n + 1);
            double sum = 0;
            double dot = 0;
            double sumSize = 0;
            double dotSize = 0;
            for (int j = 0; j < n; j++) {
                sum += x.at(0, j);
                sumSize += Math.abs(x.at(0, j));
                double product = (double) x.at(0, j) * y.at(0, j);
                dot += product;
                dotSize += Math.abs(product);
            }
            // An element passes through 4 additions and a product in float; the rest is in double.
            double roundings = 5.01 * EPSILON;
            Rig.assertWithin("sum", roundings * sumSize, sum, rows.sum(x.data(), x.offset(), n));
            double actual = rows.dot(x.data(), x.offset(), y.data(), y.offset(), n);
            Rig.assertWithin("dot", roundings * dotSize, dot, actual);
        }
    }

    @Test
    void columnSumsAgreeWithDoublePrecision() {
        Matrix x = Rig.matrix(65, 33, 2, Values.PLAIN, 1);
        Matrix sums = Rig.matrix(1, 33, 2, Values.PLAIN, 2);
        Matrix before = Rig.copy(sums);
        rows.columnSums(x, 0, 65, 1, sums, 0, 33);
        for (int j = 0; j < 33; j++) {
            double sum = before.at(0, j);
            double size = Math.abs(sum);
            for (int i = 0; i < 65; i++) {
                sum += x.at(i, j);
                size += Math.abs(x.at(i, j));
            }
            Rig.assertWithin("columnSums", 66 * EPSILON * size, sum, sums.at(0, j));
        }
    }

    @Test
    void softmaxFamilyAgreesWithDoublePrecision() {
        for (int n : Rig.LENGTHS) {
            if (n > 0) {
                checkSoftmax(n);
            }
        }
    }

    private void checkSoftmax(int n) {
        Matrix x = Rig.matrix(1, n, 0, Values.PLAIN, n);
        Matrix y = Matrix.zeros(1, n);
        Matrix log = Matrix.zeros(1, n);
        Matrix loss = Matrix.zeros(1, 1);
        Matrix dx = Matrix.zeros(1, n);
        int label = n / 2;
        rows.softmax(x, y, 0, 1);
        rows.logSoftmax(x, log, 0, 1);
        rows.softmaxCrossEntropy(x, new int[] {label}, 0.5f, loss, dx, 0, 1);
        double max = Double.NEGATIVE_INFINITY;
        double min = Double.POSITIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x.at(0, j));
            min = Math.min(min, x.at(0, j));
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.exp(x.at(0, j) - max);
        }
        // Relative: rounding x - max moves e by as much as its size; exp and the sum add theirs.
        double ofE = (max - min + 2) * EPSILON;
        double ofSum = ofE + (n / 32 + 21) * EPSILON;
        double ofY = ofE + ofSum + 3 * EPSILON;
        for (int j = 0; j < n; j++) {
            double z = x.at(0, j) - max;
            double exact = Math.exp(z) / sum;
            Rig.assertWithin("softmax", 1.01 * ofY * exact, exact, y.at(0, j));
            double logBound = 1.01 * ofSum + 4 * EPSILON * (Math.abs(z) + Math.log(sum));
            Rig.assertWithin("logSoftmax", logBound, z - Math.log(sum), log.at(0, j));
            double gradient = 0.5 * (j == label ? exact - 1 : exact);
            double bound = 0.5 * (1.01 * ofY * exact + 2 * EPSILON);
            Rig.assertWithin("cross-entropy'", bound, gradient, dx.at(0, j));
        }
        Rig.assertWithin("loss", 1e-6 * n + 1e-6, -log.at(0, label), loss.at(0, 0));
    }

    @Test
    void gradientsMatchCentralDifferences() {
        int n = 13;
        Matrix x = Rig.matrix(1, n, 0, Values.PLAIN, 3);
        Matrix dy = Rig.matrix(1, n, 0, Values.PLAIN, 4);
        Matrix y = Matrix.zeros(1, n);
        Matrix dx = Matrix.zeros(1, n);
        rows.softmax(x, y, 0, 1);
        rows.softmaxGradient(y, dy, dx, 0, 1);
        Matrix log = Matrix.zeros(1, n);
        Matrix dxLog = Matrix.zeros(1, n);
        rows.logSoftmax(x, log, 0, 1);
        rows.logSoftmaxGradient(log, dy, dxLog, 0, 1);
        for (int j = 0; j < n; j++) {
            double h = 1e-5;
            double[] up = weightedSoftmax(x, dy, j, h);
            double[] down = weightedSoftmax(x, dy, j, -h);
            Rig.assertWithin("softmax'", 1e-5, (up[0] - down[0]) / (2 * h), dx.at(0, j));
            Rig.assertWithin("logSoftmax'", 1e-4, (up[1] - down[1]) / (2 * h), dxLog.at(0, j));
        }
    }

    /** Returns the sums of dy softmax(x) and of dy log softmax(x), x[at] being moved by h. */
    private static double[] weightedSoftmax(Matrix x, Matrix dy, int at, double h) {
        double sum = 0;
        for (int j = 0; j < x.cols(); j++) {
            sum += Math.exp(x.at(0, j) + (j == at ? h : 0));
        }
        double[] weighted = new double[2];
        for (int j = 0; j < x.cols(); j++) {
            double z = x.at(0, j) + (j == at ? h : 0);
            weighted[0] += dy.at(0, j) * Math.exp(z) / sum;
            weighted[1] += dy.at(0, j) * (z - Math.log(sum));
        }
        return weighted;
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        Matrix x = Matrix.row(3e38f, 3e38f, -3e38f);
        rows.softmax(x, x, 0, 1);
        Rig.assertSameBits("softmax", Matrix.row(0.5f, 0.5f, 0f), x);
    }

    @Test
    void nanAnywhereMakesTheRowNan() {
        for (int at = 0; at < 40; at++) {
            Matrix x = Matrix.zeros(1, 40);
            x.data()[at] = Float.NaN;
            rows.softmax(x, x, 0, 1);
            for (float y : x.data()) {
                assertTrue(Float.isNaN(y));
            }
        }
    }

    @Test
    void oneClassIsCertain() {
        Matrix x = Matrix.row(-0f);
        Matrix y = Matrix.zeros(1, 1);
        rows.softmax(x, y, 0, 1);
        assertEquals(1f, y.at(0, 0));
        rows.logSoftmax(x, y, 0, 1);
        assertEquals(0f, Math.abs(y.at(0, 0)));
    }
}
