package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

class SplitterTest {

    private static final int[] ROWS = IntStream.range(0, 100).toArray();

    private static void requireAllOnce(Split split, int rows) {
        int[] all =
                IntStream.concat(
                                Arrays.stream(split.train()),
                                IntStream.concat(
                                        Arrays.stream(split.validation()),
                                        Arrays.stream(split.test())))
                        .sorted()
                        .toArray();
        assertArrayEquals(IntStream.range(0, rows).toArray(), all);
    }

    private static long of(int[] rows, int[] labels, int label) {
        return Arrays.stream(rows).filter(row -> labels[row] == label).count();
    }

    @Test
    void eachClassIsSplitByItself() {
        int[] labels = IntStream.range(0, 100).map(i -> i < 10 ? 0 : i < 40 ? 1 : 2).toArray();
        Split split = new Splitter(1).random(ROWS, labels, true);
        requireAllOnce(split, 100);
        assertEquals(20, split.test().length);
        assertEquals(16, split.validation().length);
        for (int label = 0; label < 3; label++) {
            long all = of(ROWS, labels, label);
            assertEquals(all / 5.0, of(split.test(), labels, label), 1);
            assertEquals(all * 4 / 25.0, of(split.validation(), labels, label), 1);
        }
    }

    @Test
    void theSeedDecides() {
        assertArrayEquals(
                new Splitter(1).random(ROWS, null, true).test(),
                new Splitter(1).random(ROWS, null, true).test());
        assertTrue(
                !Arrays.equals(
                        new Splitter(1).random(ROWS, null, true).test(),
                        new Splitter(2).random(ROWS, null, true).test()));
    }

    @Test
    void withATestTableNoRowIsSpent() {
        Split split = new Splitter(1).random(ROWS, null, false);
        requireAllOnce(split, 100);
        assertEquals(0, split.test().length);
        assertEquals(20, split.validation().length);
    }

    @Test
    void theLatestRowsAreForTheTest() {
        double[] days = IntStream.range(0, 100).mapToDouble(i -> i * 37 % 100).toArray();
        Split split = new Splitter(1).byTime(ROWS, NumberColumn.of("t", days), null, true);
        requireAllOnce(split, 100);
        assertTrue(Arrays.stream(split.test()).allMatch(row -> days[row] >= 80));
        assertTrue(
                Arrays.stream(split.validation())
                        .allMatch(row -> days[row] >= 64 && days[row] < 80));
    }

    /** Thirteen rows a day: neither border falls between two days by itself. */
    @Test
    void noMomentIsTorn() {
        double[] days = IntStream.range(0, 100).mapToDouble(i -> i / 13).toArray();
        Split split = new Splitter(1).byTime(ROWS, NumberColumn.of("t", days), null, true);
        requireAllOnce(split, 100);
        assertEquals(20, split.test().length, 7);
        assertEquals(16, split.validation().length, 7);
        assertTrue(last(split.train(), days) < first(split.validation(), days));
        assertTrue(last(split.validation(), days) < first(split.test(), days));
        double[] two = IntStream.range(0, 100).mapToDouble(i -> i / 50).toArray();
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Splitter(1).byTime(ROWS, NumberColumn.of("t", two), null, true));
        assertEquals(
                "split: t has too few different times for 3 parts, each of whole moments",
                e.getMessage());
    }

    private static double first(int[] rows, double[] of) {
        return Arrays.stream(rows).mapToDouble(row -> of[row]).min().orElseThrow();
    }

    private static double last(int[] rows, double[] of) {
        return Arrays.stream(rows).mapToDouble(row -> of[row]).max().orElseThrow();
    }

    /** One group of 80 rows and 20 of one: whatever the seed, the large one is to train on. */
    @Test
    void aGroupLargerThanAPartIsToTrainOn() {
        TextColumn group =
                TextColumn.of(
                        "g",
                        IntStream.range(0, 100)
                                .mapToObj(i -> i < 80 ? "large" : "g" + i)
                                .toArray(String[]::new));
        for (int seed = 0; seed < 20; seed++) {
            Split split = new Splitter(seed).byGroup(ROWS, group, true);
            requireAllOnce(split, 100);
            assertEquals(80, split.train().length, 1);
            assertTrue(split.validation().length > 0);
        }
    }

    @Test
    void groupsStayTogether() {
        TextColumn group =
                TextColumn.of(
                        "g",
                        IntStream.range(0, 100).mapToObj(i -> "g" + i % 17).toArray(String[]::new));
        Split split = new Splitter(1).byGroup(ROWS, group, true);
        requireAllOnce(split, 100);
        assertEquals(20, split.test().length, 6);
        Set<String> seen = new HashSet<>();
        for (int[] part : List.of(split.train(), split.validation(), split.test())) {
            Set<String> here = new HashSet<>();
            Arrays.stream(part).forEach(row -> here.add(group.text(row)));
            here.forEach(g -> assertTrue(seen.add(g), g));
        }
    }

    @Test
    void aColumnDecides() {
        TextColumn parts = TextColumn.of("p", "train", "val", "test", "Train");
        Split split = new Splitter(1).byColumn(new int[] {0, 1, 2, 3}, parts, null);
        assertArrayEquals(new int[] {0, 3}, split.train());
        assertArrayEquals(new int[] {1}, split.validation());
        assertArrayEquals(new int[] {2}, split.test());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new Splitter(1)
                                        .byColumn(
                                                new int[] {0},
                                                TextColumn.of("p", "holdout"),
                                                null));
        assertEquals(
                "split: p is 'holdout' in row 1; it must be train, validation or test",
                e.getMessage());
    }

    @Test
    void foldsHoldEachRowOnce() {
        int[] labels = IntStream.range(0, 100).map(i -> i % 4 == 0 ? 1 : 0).toArray();
        Splitter splitter = new Splitter(1);
        Split split = splitter.random(ROWS, labels, true);
        List<Split> folds = splitter.folds(split, labels, 4);
        Set<Integer> held = new HashSet<>();
        for (Split fold : folds) {
            requireAllOnce(fold, 100);
            assertArrayEquals(split.test(), fold.test());
            assertEquals(20, fold.validation().length);
            assertEquals(5, of(fold.validation(), labels, 1));
            Arrays.stream(fold.validation()).forEach(row -> assertTrue(held.add(row)));
        }
        assertEquals(80, held.size());
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Splitter(1).random(new int[] {0, 1}, null, true));
    }
}
