package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class MeasuresTest {

    @Test
    void classes() {
        int[] labels = {1, 0, 1, 0};
        double[][] p = {{0.2, 0.8}, {0.6, 0.4}, {0.7, 0.3}, {0.9, 0.1}};
        Measures measures = Measures.of(labels, new Predictions(p, null));
        double loss = -(Math.log(0.8) + Math.log(0.6) + Math.log(0.3) + Math.log(0.9)) / 4;
        assertEquals(loss, measures.get("logLoss"), 1e-12);
        assertEquals(Measures.names(Task.BINARY), List.copyOf(measures.values().keySet()));
        assertEquals(0.75, measures.get("accuracy"));
        assertEquals(0.75, measures.get("balancedAccuracy"));
        assertEquals(0.75, measures.get("auc"));
        assertEquals((0.04 + 0.16 + 0.49 + 0.01) / 4, measures.get("brier"), 1e-12);
        assertEquals((2 / 3.0 + 0.8) / 2, measures.get("macroF1"), 1e-12);
    }

    @Test
    void impossibleClassesCostALot() {
        double[][] p = {{1, 0}, {0.5, 0.5}};
        Measures measures = Measures.of(new int[] {1, 0}, new Predictions(p, null));
        assertEquals((-Math.log(1e-15) - Math.log(0.5)) / 2, measures.get("logLoss"), 1e-9);
    }

    @Test
    void numbers() {
        Measures measures =
                Measures.of(
                        new double[] {1, 2, 3, 4},
                        new Predictions(null, new double[] {1, 2, 3, 8}));
        assertEquals(Measures.names(Task.REGRESSION), List.copyOf(measures.values().keySet()));
        assertEquals(2, measures.get("rmse"));
        assertEquals(1, measures.get("mae"));
        assertEquals(1 - 16 / 5.0, measures.get("r2"), 1e-12);
        assertEquals(0, measures.get("medianError"));
        assertEquals(2.8, measures.get("p90Error"), 1e-12);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> measures.get("rsme"));
        assertEquals("measure: 'rsme' is none; did you mean 'rmse'?", e.getMessage());
    }

    @Test
    void intervalsHoldTheMeasureAndShrinkWithRows() {
        double[] widths = new double[2];
        for (int k = 0; k < 2; k++) {
            int n = k == 0 ? 50 : 5000;
            Random random = new Random(1);
            double[] truth = random.doubles(n).toArray();
            double[] noisy = new double[n];
            for (int i = 0; i < n; i++) {
                noisy[i] = truth[i] + random.nextGaussian();
            }
            double[] interval =
                    Intervals.of(
                                    n,
                                    1,
                                    List.of("rmse"),
                                    drawn -> {
                                        double[] t = new double[n];
                                        double[] p = new double[n];
                                        for (int i = 0; i < n; i++) {
                                            t[i] = truth[drawn[i]];
                                            p[i] = noisy[drawn[i]];
                                        }
                                        return Measures.of(t, new Predictions(null, p));
                                    })
                            .get("rmse");
            assertTrue(interval[0] < 1 && 1 < interval[1]);
            widths[k] = interval[1] - interval[0];
        }
        assertTrue(widths[1] < widths[0] / 5);
    }

    @Test
    void temperatureMakesLogitsHonest() {
        Random random = new Random(1);
        int n = 4000;
        Matrix logits = Matrix.zeros(n, 2);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double logit = 2 * random.nextGaussian();
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            logits.data()[2 * i + 1] = (float) (2.5 * logit);
        }
        assertEquals(2.5, Temperature.fit(logits, labels), 0.15);
    }

    @Test
    void fewRightRowsProveNoCertainty() {
        Matrix logits = Matrix.zeros(20, 2);
        int[] labels = new int[20];
        for (int i = 0; i < 20; i++) {
            labels[i] = i % 2;
            logits.data()[2 * i + labels[i]] = 8;
        }
        // 20 right rows: the next one is right with a probability of 20.5 / 21
        double temperature = Temperature.fit(logits, labels);
        assertEquals(Math.log(41), 8 / temperature, 1e-3);
    }

    @Test
    void lbfgsFindsTheLeastValue() {
        double[] found =
                Lbfgs.minimize(
                        new double[5],
                        (x, gradient) -> {
                            double sum = 0;
                            for (int i = 0; i < 5; i++) {
                                double d = x[i] - i;
                                sum += (i + 1) * d * d + d * d * d * d;
                                gradient[i] += 2 * (i + 1) * d + 4 * d * d * d;
                            }
                            return sum;
                        });
        for (int i = 0; i < 5; i++) {
            assertEquals(i, found[i], 1e-2);
        }
    }

    @Test
    void weightsOfClassesCountInTheLogLoss() {
        Matrix logits = Matrix.of(new float[] {0, 0, 0, (float) Math.log(3)}, 2, 2);
        int[] labels = {0, 1};
        double even = Math.log(2);
        double right = Math.log(4.0 / 3);
        assertEquals((even + right) / 2, Temperature.logLoss(logits, labels, 1), 1e-6);
        assertEquals(
                (even + 3 * right) / 4,
                Temperature.logLoss(logits, labels, 1, new float[] {1, 3}),
                1e-6);
    }
}
