package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class ConfusionMatrixTest {

    private static final double TINY = 1e-15;

    private final ConfusionMatrix matrix =
            ConfusionMatrix.of(
                    new int[] {0, 0, 0, 0, 1, 1, 2, 4}, new int[] {0, 0, 0, 1, 1, 2, 0, 0});

    @Test
    void measuresOfAClassFollowFromItsCounts() {
        assertEquals(3.0 / 5, matrix.precision(0), TINY);
        assertEquals(3.0 / 4, matrix.recall(0), TINY);
        assertEquals(2.0 / 3, matrix.f1(0), TINY);
        assertEquals(4, matrix.labelled(0));
        assertEquals(5, matrix.predicted(0));
        assertEquals(8, matrix.total());
        assertEquals(5, matrix.classes());
    }

    @Test
    void measuresOfAClassThatNobodyFindsAreZero() {
        for (int label : new int[] {2, 3, 4}) {
            assertEquals(0, matrix.precision(label));
            assertEquals(0, matrix.recall(label));
            assertEquals(0, matrix.f1(label));
        }
    }

    @Test
    void macroCountsTheClassesThatOccur() {
        assertEquals((0.6 + 0.5 + 0 + 0) / 4, matrix.precision(Average.MACRO), TINY);
        assertEquals((0.75 + 0.5 + 0 + 0) / 4, matrix.recall(Average.MACRO), TINY);
        assertEquals((2.0 / 3 + 0.5) / 4, matrix.f1(Average.MACRO), TINY);
    }

    @Test
    void weightedCountsTheLabels() {
        assertEquals((4 * 0.6 + 2 * 0.5) / 8, matrix.precision(Average.WEIGHTED), TINY);
        assertEquals((4 * 2.0 / 3 + 2 * 0.5) / 8, matrix.f1(Average.WEIGHTED), TINY);
    }

    @Test
    void microAndWeightedRecallAreTheAccuracy() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 50; round++) {
            ConfusionMatrix drawn = new ConfusionMatrix(6);
            for (int i = 0; i < 40; i++) {
                drawn.add(random.nextInt(6), random.nextInt(6));
            }
            assertEquals(drawn.accuracy(), drawn.recall(Average.WEIGHTED), 1e-12);
            assertEquals(drawn.accuracy(), drawn.precision(Average.MICRO), TINY);
            assertEquals(drawn.accuracy(), drawn.f1(Average.MICRO), TINY);
            for (int label = 0; label < 6; label++) {
                double low = Math.min(drawn.precision(label), drawn.recall(label));
                double high = Math.max(drawn.precision(label), drawn.recall(label));
                assertTrue(drawn.f1(label) >= low - TINY && drawn.f1(label) <= high + TINY);
            }
        }
    }

    @Test
    void emptyMatrixHasNoShares() {
        assertEquals(0, new ConfusionMatrix(3).accuracy());
        assertEquals(0, new ConfusionMatrix(3).f1(Average.MACRO));
    }

    @Test
    void tableShowsCountsAndRecall() {
        ConfusionMatrix two = ConfusionMatrix.of(new int[] {0, 0, 1}, new int[] {0, 1, 1});
        assertEquals(
                """
                 is \\ read     0     1   right
                         0     1     1   50.0%
                         1     .     1  100.0%
                """,
                two.toString());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertRefused(
                "ConfusionMatrix: 1 labels, 2 predictions; there must be one for each",
                () -> ConfusionMatrix.of(new int[1], new int[2]));
        assertRefused(
                "ConfusionMatrix: no samples; give at least one",
                () -> ConfusionMatrix.of(new int[0], new int[0]));
        assertRefused(
                "ConfusionMatrix: 0 classes; there must be 1 or more",
                () -> new ConfusionMatrix(0));
        assertThrows(IndexOutOfBoundsException.class, () -> new ConfusionMatrix(2).add(2, 0));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void aSampleTakenForNoClassIsOneThatWasNotFound() {
        int none = ArgMax.NONE;
        ConfusionMatrix some =
                ConfusionMatrix.of(new int[] {0, 0, 1, 1}, new int[] {0, none, 1, 0});
        assertEquals(2, some.classes());
        assertEquals(4, some.total());
        assertEquals(2, some.labelled(0));
        assertEquals(1, some.undecided(0));
        assertEquals(0.5, some.accuracy());
        assertEquals(0.5, some.recall(0));
        assertEquals(0.5, some.precision(0));
        assertEquals(2.0 / 3, some.precision(Average.MICRO), TINY);
        assertEquals(0.5, some.recall(Average.MICRO), TINY);
        assertEquals(4.0 / 7, some.f1(Average.MICRO), TINY);
        assertEquals(
                """
                 is \\ read     0     1  none   right
                         0     1     .     1   50.0%
                         1     1     1     0   50.0%
                """,
                some.toString());
        assertThrows(IndexOutOfBoundsException.class, () -> some.add(0, -2));
        assertThrows(IndexOutOfBoundsException.class, () -> some.add(-1, none));
    }

    @Test
    void labelsThatAreNoClassAreNamedWithTheirSample() {
        assertEquals(
                "ConfusionMatrix: label -100 of sample 1; it must be 0 or more, leave out what is"
                        + " ignored",
                assertThrows(
                                IndexOutOfBoundsException.class,
                                () -> ConfusionMatrix.of(new int[] {0, -100}, new int[] {0, 1}))
                        .getMessage());
        assertEquals(
                "ConfusionMatrix: prediction -5 of sample 0; it must be 0 or more, or -1 for none",
                assertThrows(
                                IndexOutOfBoundsException.class,
                                () -> ConfusionMatrix.of(new int[] {0, 1}, new int[] {-5, 1}))
                        .getMessage());
    }

    /** A table of 40,000 classes has 1.6 billion places, of which two rows are filled. */
    @Test
    void manyClassesOfWhichFewOccurNeedNoMemory() {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(new int[] {39_999, 7, 7}, new int[] {39_999, 7, 39_999});
        assertEquals(1, matrix.count(7, 39_999));
        assertEquals(0, matrix.count(8, 8));
        assertEquals(0.5, matrix.recall(7));
        assertEquals(
                "ConfusionMatrix: 2147483647 classes; a table has 46340 at most, number them from 0"
                        + " on",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        ConfusionMatrix.of(
                                                new int[] {Integer.MAX_VALUE - 1}, new int[] {0}))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> ConfusionMatrix.of(new int[] {Integer.MAX_VALUE}, new int[] {0}));
    }
}
