package io.github.lanewise.nn.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.IntStream;

class RandomStreamTest {

    @Test
    void equalSeedsGiveEqualNumbers() {
        RandomStream a = new RandomStream(5);
        RandomStream b = new RandomStream(5);
        for (int i = 0; i < 100; i++) {
            assertEquals(a.nextLong(), b.nextLong());
        }
    }

    /** Pinned: a change of these numbers changes every user's results. */
    @Test
    void numbersStayTheSameForEver() {
        RandomStream random = new RandomStream(42);
        assertEquals(6332618229526065668L, random.nextLong());
        assertEquals(955, random.nextInt(1000));
        assertEquals(0.48634952f, random.uniform());
        assertEquals(-0.16552685403731882, random.gaussian());
        assertEquals(-90414691567329513L, random.stream("0.weight").nextLong());
    }

    @Test
    void childrenDependOnTheNameAndNotOnTheNumbersDrawn() {
        RandomStream parent = new RandomStream(1);
        long early = parent.stream("weights").nextLong();
        parent.nextLong();
        assertEquals(early, parent.stream("weights").nextLong());
        assertNotEquals(early, parent.stream("bias").nextLong());
        assertNotEquals(early, parent.stream(0).nextLong());
        assertNotEquals(early, new RandomStream(2).stream("weights").nextLong());
    }

    @Test
    void uniformIsFlatBetweenItsEnds() {
        RandomStream random = new RandomStream(3);
        int[] bins = new int[10];
        for (int i = 0; i < 100_000; i++) {
            float u = random.uniform();
            assertTrue(u >= 0 && u < 1);
            bins[(int) (u * 10)]++;
        }
        for (int bin : bins) {
            assertEquals(10_000, bin, 400);
        }
    }

    @Test
    void gaussianHasMeanZeroAndVarianceOne() {
        RandomStream random = new RandomStream(4);
        int n = 100_000;
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (int i = 0; i < n; i++) {
            double g = random.gaussian();
            sum += g;
            squares += g * g;
            fourth += g * g * g * g;
        }
        assertEquals(0, sum / n, 0.015);
        assertEquals(1, squares / n, 0.02);
        assertEquals(3, fourth / n, 0.15);
    }

    @Test
    void permutationHoldsEachNumberOnce() {
        int[] order = new int[1000];
        new RandomStream(6).permutation(order);
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        int[] ascending = IntStream.range(0, 1000).toArray();
        assertArrayEquals(ascending, sorted);
        assertTrue(!Arrays.equals(ascending, order));
    }

    @Test
    void permutationsOfThreeAreEquallyFrequent() {
        RandomStream random = new RandomStream(7);
        int[] counts = new int[9];
        int[] order = new int[3];
        for (int i = 0; i < 60_000; i++) {
            random.permutation(order);
            counts[order[0] * 3 + order[1]]++;
        }
        for (int index : new int[] {1, 2, 3, 5, 6, 7}) {
            assertEquals(10_000, counts[index], 400);
        }
    }

    @Test
    void boundBelowOneIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new RandomStream(0).nextInt(0));
        assertEquals("nextInt: bound is 0; it must be 1 or more", e.getMessage());
    }
}
