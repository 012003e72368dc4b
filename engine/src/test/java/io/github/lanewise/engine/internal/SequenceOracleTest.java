package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Normalizations and recurrent steps against double precision: both kernel sets may err alike. */
@Tag("contract")
class SequenceOracleTest {

    private static final double EPSILON = 1e-5;

    private final NormalizationKernels norms = ChosenKernels.set().normalizations();
    private final CellKernels cells = ChosenKernels.set().cells();

    @Test
    void normalizeAgreesWithDouble() {
        for (int n : new int[] {1, 5, 64, 207, 2046}) {
            for (boolean centered : new boolean[] {true, false}) {
                Matrix x = Rig.matrix(1, n, 0, Values.PLAIN, n);
                Matrix weight = Rig.matrix(1, n, 0, Values.PLAIN, n + 1);
                Matrix y = Matrix.zeros(1, n);
                Matrix kept = Matrix.zeros(1, n);
                Matrix scale = Matrix.zeros(1, 1);
                RowNorm norm = new RowNorm(centered, (float) EPSILON);
                norms.normalize(norm, x, weight, weight, kept, scale, y, 0, 1);
                double[] exact = normalized(x, centered);
                for (int j = 0; j < n; j++) {
                    double w = weight.at(0, j);
                    double bound = 1e-5 * (1 + Math.abs(w));
                    Rig.assertWithin("normalize " + n, bound, exact[j] * w + w, y.at(0, j));
                }
            }
        }
    }

    private static double[] normalized(Matrix x, boolean centered) {
        int n = x.cols();
        double mean = 0;
        for (int j = 0; centered && j < n; j++) {
            mean += x.at(0, j) / (double) n;
        }
        double variance = 0;
        for (int j = 0; j < n; j++) {
            variance += Math.pow(x.at(0, j) - mean, 2) / n;
        }
        double[] y = new double[n];
        for (int j = 0; j < n; j++) {
            y[j] = (x.at(0, j) - mean) / Math.sqrt(variance + (float) EPSILON);
        }
        return y;
    }

    @Test
    void normalizeGradientAgreesWithDifferences() {
        int n = 37;
        Matrix x = Rig.matrix(1, n, 0, Values.PLAIN, 1);
        Matrix dy = Rig.matrix(1, n, 0, Values.PLAIN, 2);
        for (boolean centered : new boolean[] {true, false}) {
            RowNorm norm = new RowNorm(centered, (float) EPSILON);
            Matrix kept = Matrix.zeros(1, n);
            Matrix scale = Matrix.zeros(1, 1);
            Matrix dx = Matrix.zeros(1, n);
            norms.normalize(norm, x, null, null, kept, scale, Matrix.zeros(1, n), 0, 1);
            norms.normalizeGradient(norm, kept, scale, null, dy, dx, 0, 1);
            for (int j = 0; j < n; j++) {
                double slope = (weighed(x, dy, centered, j, 1) - weighed(x, dy, centered, j, -1));
                double h = 2 * 0x1p-10;
                Rig.assertWithin("normalize'", 2e-4, slope / h, dx.at(0, j));
            }
        }
    }

    /** Returns the sum of dy times normalized x, element j of which is moved by 2^-10. */
    private static double weighed(Matrix x, Matrix dy, boolean centered, int j, int direction) {
        Matrix moved = Rig.copy(x);
        moved.data()[moved.offset() + j] += direction * 0x1p-10f;
        double[] y = normalized(moved, centered);
        double sum = 0;
        for (int k = 0; k < y.length; k++) {
            sum += y[k] * dy.at(0, k);
        }
        return sum;
    }

    @Test
    void lstmAgreesWithDouble() {
        int h = 37;
        Matrix gates = Rig.matrix(1, 4 * h, 0, Values.PLAIN, 1);
        Matrix last = Rig.matrix(1, h, 0, Values.PLAIN, 2);
        Matrix sums = Rig.copy(gates);
        Matrix cellState = Matrix.zeros(1, h);
        Matrix hidden = Matrix.zeros(1, h);
        cells.step(new Cell.Lstm(gates, last, cellState, Matrix.zeros(1, h), hidden), 0, 1);
        for (int j = 0; j < h; j++) {
            double in = sigmoid(sums.at(0, j)) * Math.tanh(sums.at(0, 2 * h + j));
            double c = sigmoid(sums.at(0, h + j)) * last.at(0, j) + in;
            Rig.assertWithin("cellState", 2e-6, c, cellState.at(0, j));
            double o = sigmoid(sums.at(0, 3 * h + j));
            Rig.assertWithin("hidden", 2e-6, o * Math.tanh(c), hidden.at(0, j));
        }
    }

    @Test
    void gruAgreesWithDouble() {
        int h = 37;
        Matrix gates = Rig.matrix(1, 3 * h, 0, Values.PLAIN, 1);
        Matrix recurrent = Rig.matrix(1, 3 * h, 0, Values.PLAIN, 2);
        Matrix last = Rig.matrix(1, h, 0, Values.PLAIN, 3);
        Matrix sums = Rig.copy(gates);
        Matrix hidden = Matrix.zeros(1, h);
        cells.step(new Cell.Gru(gates, recurrent, last, hidden), 0, 1);
        for (int j = 0; j < h; j++) {
            double r = sigmoid((double) sums.at(0, j) + recurrent.at(0, j));
            double z = sigmoid((double) sums.at(0, h + j) + recurrent.at(0, h + j));
            double n = Math.tanh(sums.at(0, 2 * h + j) + r * recurrent.at(0, 2 * h + j));
            Rig.assertWithin("hidden", 5e-6, (1 - z) * n + z * last.at(0, j), hidden.at(0, j));
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
