package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Values computed by hand, and what holds for all values. */
class MetricsTest {

    private static final double TINY = 1e-12;

    @Test
    void accuracyIsTheShareOfRightPredictions() {
        assertEquals(0.75, Accuracy.of(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 0}));
    }

    @Test
    void topKLooksAtTheHighestScores() {
        Matrix scores =
                Matrix.copyOf(
                        new float[][] {
                            {0.5f, 0.2f, 0.2f},
                            {0.3f, 0.4f, 0.2f},
                            {0.2f, 0.4f, 0.3f},
                            {0.7f, 0.2f, 0.1f}
                        });
        int[] labels = {0, 1, 2, 2};
        assertEquals(0.5, Accuracy.topK(labels, scores, 1));
        assertEquals(0.75, Accuracy.topK(labels, scores, 2));
        assertEquals(1, Accuracy.topK(labels, scores, 3));
    }

    @Test
    void ofTiedScoresTheHigherClassComesFirst() {
        Matrix scores = Matrix.row(0.4f, 0.2f, 0.4f);
        assertEquals(0, Accuracy.topK(new int[] {0}, scores, 1));
        assertEquals(1, Accuracy.topK(new int[] {2}, scores, 1));
        assertEquals(1, Accuracy.topK(new int[] {0}, scores, 2));
        assertEquals(0, Accuracy.topK(new int[] {0}, Matrix.row(Float.NaN, 1), 2));
    }

    @Test
    void rocAucCountsPairsAndHalvesTies() {
        boolean[] positive = {false, false, true, true};
        // pairs: 0.35 > 0.1, 0.35 < 0.4, 0.8 > both
        assertEquals(0.75, Ranking.rocAuc(positive, new float[] {0.1f, 0.4f, 0.35f, 0.8f}), TINY);
        assertEquals(0.875, Ranking.rocAuc(positive, new float[] {1, 2, 2, 3}), TINY);
        assertEquals(0.5, Ranking.rocAuc(positive, new float[4]), TINY);
        assertTrue(Double.isNaN(Ranking.rocAuc(new boolean[2], new float[2])));
    }

    @Test
    void rocAucIsThatOfAllPairs() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 100; round++) {
            boolean[] positive = new boolean[30];
            float[] scores = new float[30];
            for (int i = 0; i < 30; i++) {
                positive[i] = i == 0 || (i > 1 && random.nextBoolean());
                scores[i] = random.nextInt(10);
            }
            double sum = 0;
            int pairs = 0;
            for (int i = 0; i < 30; i++) {
                for (int j = 0; j < 30; j++) {
                    if (positive[i] && !positive[j]) {
                        sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            assertEquals(sum / pairs, Ranking.rocAuc(positive, scores), TINY);
        }
    }

    @Test
    void rankingOnlyDependsOnTheOrder() {
        SplittableRandom random = new SplittableRandom(4);
        boolean[] positive = new boolean[50];
        float[] scores = new float[50];
        float[] cubes = new float[50];
        float[] turned = new float[50];
        for (int i = 0; i < 50; i++) {
            positive[i] = i % 3 == 0;
            scores[i] = random.nextInt(20) - 10;
            cubes[i] = scores[i] * scores[i] * scores[i];
            turned[i] = -scores[i];
        }
        double area = Ranking.rocAuc(positive, scores);
        assertEquals(area, Ranking.rocAuc(positive, cubes));
        assertEquals(1 - area, Ranking.rocAuc(positive, turned), TINY);
        assertEquals(
                Ranking.averagePrecision(positive, scores),
                Ranking.averagePrecision(positive, cubes));
    }

    @Test
    void averagePrecisionSumsStepsOfRecall() {
        boolean[] positive = {false, false, true, true};
        float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
        assertEquals(0.5 * 1 + 0.5 * 2 / 3, Ranking.averagePrecision(positive, scores), TINY);
        // all come in together: precision is the share of positives
        assertEquals(0.5, Ranking.averagePrecision(positive, new float[4]), TINY);
        assertEquals(0, Ranking.averagePrecision(new boolean[3], new float[3]));
        assertEquals(1, Ranking.averagePrecision(new boolean[] {true, false}, new float[] {2, 1}));
    }

    @Test
    void zerosOfBothSignsAreTied() {
        boolean[] positive = {true, false};
        assertEquals(0.5, Ranking.rocAuc(positive, new float[] {-0f, 0}));
        assertEquals(0.5, Ranking.rocAuc(positive, new float[] {0, -0f}));
    }

    @Test
    void severalClassesAreRankedOneAgainstTheRest() {
        Matrix scores =
                Matrix.copyOf(new float[][] {{0.8f, 0.2f, 0}, {0.1f, 0.9f, 0}, {0.3f, 0.3f, 0.4f}});
        assertEquals(1, Ranking.rocAucOneVsRest(new int[] {0, 1, 2}, scores));
        // class 0: 0.1 against 0.8 and 0.3; class 1: 0.2 against 0.9 and 0.3; class 2 is right
        assertEquals(1.0 / 3, Ranking.rocAucOneVsRest(new int[] {1, 0, 2}, scores), TINY);
    }

    @Test
    void regressionErrorsAreThoseOfTheFormulas() {
        Matrix targets = Matrix.copyOf(new float[][] {{3}, {-0.5f}, {2}, {7}});
        Matrix predicted = Matrix.copyOf(new float[][] {{2.5f}, {0}, {2}, {8}});
        assertEquals(0.5, Regression.meanAbsoluteError(targets, predicted), TINY);
        assertEquals(0.375, Regression.meanSquaredError(targets, predicted), TINY);
        assertEquals(Math.sqrt(0.375), Regression.rootMeanSquaredError(targets, predicted), TINY);
        // the mean target is 2.875, the squares about it are 29.1875
        assertEquals(1 - 1.5 / 29.1875, Regression.r2(targets, predicted), TINY);
    }

    @Test
    void columnsCountTheSame() {
        Matrix targets = Matrix.copyOf(new float[][] {{0, 0}, {2, 20}});
        Matrix predicted = Matrix.copyOf(new float[][] {{1, 0}, {1, 16}});
        assertEquals(1.5, Regression.meanAbsoluteError(targets, predicted), TINY);
        assertEquals(
                (1 + Math.sqrt(8)) / 2, Regression.rootMeanSquaredError(targets, predicted), TINY);
        assertEquals((0 + 1 - 16.0 / 200) / 2, Regression.r2(targets, predicted), TINY);
    }

    @Test
    void constantTargetsAreMetOrNot() {
        Matrix threes = Matrix.copyOf(new float[][] {{3}, {3}});
        assertEquals(1, Regression.r2(threes, threes));
        assertEquals(0, Regression.r2(threes, Matrix.zeros(2, 1)));
        assertTrue(Double.isNaN(Regression.r2(Matrix.row(1), Matrix.row(1))));
    }

    @Test
    void calibrationErrorComparesConfidenceAndAccuracyOfEachBin() {
        Matrix probabilities =
                Matrix.copyOf(
                        new float[][] {{0.75f, 0.25f}, {0.125f, 0.875f}, {0.625f, 0.375f}, {1, 0}});
        // of two bins all lie in the upper: 3 are right, confidence is 3.25
        assertEquals(0.0625, Calibration.expectedError(new int[] {0, 1, 1, 0}, probabilities, 2));
        // of four bins 0.75 and 0.625 lie in the third, of which one is right
        assertEquals(
                (Math.abs(1 - 1.375) + Math.abs(2 - 1.875)) / 4,
                Calibration.expectedError(new int[] {0, 1, 1, 0}, probabilities, 4));
    }

    @Test
    void sureAndRightIsCalibrated() {
        Matrix sure = Matrix.copyOf(new float[][] {{1, 0}, {0, 1}});
        assertEquals(0, Calibration.expectedError(new int[] {0, 1}, sure));
        assertEquals(1, Calibration.expectedError(new int[] {1, 0}, sure));
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertRefused(
                "Accuracy: 1 labels, 2 predictions; there must be one for each",
                () -> Accuracy.of(new int[1], new int[2]));
        assertRefused(
                "Accuracy: label 2 of sample 0 is outside the 2 classes; it must be from 0 to 1",
                () -> Accuracy.topK(new int[] {2}, Matrix.row(1, 2), 1));
        assertRefused(
                "Accuracy: k is 0; it must be 1 or more",
                () -> Accuracy.topK(new int[] {1}, Matrix.row(1, 2), 0));
        assertRefused(
                "rocAuc: score 1 is NaN; it must be a number",
                () -> Ranking.rocAuc(new boolean[2], new float[] {1, Float.NaN}));
        assertRefused(
                "r2: targets are 1x2, predictions 2x1; they must be equal",
                () -> Regression.r2(Matrix.zeros(1, 2), Matrix.zeros(2, 1)));
        assertRefused(
                "meanSquaredError: no samples; give at least one",
                () -> Regression.meanSquaredError(Matrix.zeros(0, 1), Matrix.zeros(0, 1)));
        assertRefused(
                "expectedError: bins is 0; it must be 1 or more",
                () -> Calibration.expectedError(new int[] {0}, Matrix.row(1), 0));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void nanIsNoClass() {
        float nan = Float.NaN;
        Matrix scores =
                Matrix.copyOf(
                        new float[][] {
                            {nan, nan, nan},
                            {nan, -1, nan},
                            {nan, Float.NEGATIVE_INFINITY, nan},
                            {2, nan, 2}
                        });
        int[] found = ArgMax.of(scores);
        assertArrayEquals(new int[] {ArgMax.NONE, 1, 1, 0}, found);
        assertEquals(0.75, Accuracy.of(new int[] {2, 1, 1, 0}, found));
        assertEquals(0, Accuracy.of(new int[] {ArgMax.NONE}, new int[] {ArgMax.NONE}));
        assertEquals(ArgMax.NONE, ArgMax.of(Matrix.zeros(1, 0))[0]);
        assertEquals(
                "expectedError: row 0 of probabilities is NaN; it must hold numbers",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Calibration.expectedError(new int[4], scores))
                        .getMessage());
    }

    @Test
    void rankingsRefuseWeightsThatAreNone() {
        for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertRefused(
                    "rocAuc: weight of sample 1 is %s; it must be 0 or more, and finite"
                            .formatted(bad),
                    () ->
                            Ranking.rocAuc(
                                    new boolean[] {true, false},
                                    new float[] {1, 0},
                                    new float[] {1, bad}));
        }
    }
}
