package io.github.lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Parts of a dataset, and folds. */
class SplitsTest {

    private static final int SIZE = 103;

    /** Of three classes, of which the last is rare. */
    private static final int[] LABELS =
            IntStream.range(0, SIZE).map(i -> i % 10 == 0 ? 2 : i % 2).toArray();

    private static final Dataset DATA = numbered(SIZE, LABELS);

    /** Samples whose only feature is their number. */
    static Dataset numbered(int size, int[] labels) {
        Matrix x = Matrix.zeros(size, 1);
        for (int i = 0; i < size; i++) {
            x.data()[i] = i;
        }
        return Dataset.of(x, new Shape(1), Targets.labels(labels));
    }

    static List<Integer> numbers(Dataset dataset) {
        Batch batch = new Batch(dataset, dataset.size());
        batch.load(IntStream.range(0, dataset.size()).toArray(), 0);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            numbers.add((int) batch.inputs().at(i, 0));
        }
        return numbers;
    }

    private static int[] counts(Dataset dataset) {
        int[] counts = new int[3];
        numbers(dataset).forEach(i -> counts[LABELS[i]]++);
        return counts;
    }

    private static void assertPartition(List<Dataset> parts) {
        List<Integer> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(numbers(part)));
        Collections.sort(all);
        assertEquals(IntStream.range(0, SIZE).boxed().toList(), all);
    }

    @Test
    void sharesAreRoundedFromTheSumOfThem() {
        List<Dataset> parts = Splits.inOrder(DATA, 0.7, 0.2, 0.1);
        assertEquals(List.of(72, 21, 10), parts.stream().map(Dataset::size).toList());
        assertPartition(parts);
        assertEquals(List.of(72, 73), numbers(parts.get(1)).subList(0, 2));
    }

    @Test
    void randomPartsFollowTheSeed() {
        List<Dataset> parts = Splits.random(DATA, 5, 0.5, 0.5);
        assertPartition(parts);
        assertEquals(numbers(parts.get(0)), numbers(Splits.random(DATA, 5, 0.5, 0.5).get(0)));
        assertFalse(numbers(parts.get(0)).equals(numbers(Splits.random(DATA, 6, 0.5).get(0))));
        assertEquals(numbers(parts.get(0)), numbers(parts.get(0)).stream().sorted().toList());
    }

    @Test
    void stratifiedPartsHaveEachClassInItsShare() {
        int[] whole = counts(DATA);
        List<Dataset> parts = Splits.stratified(DATA, 3, 0.6, 0.25, 0.15);
        assertPartition(parts);
        double[] shares = {0.6, 0.25, 0.15};
        for (int i = 0; i < 3; i++) {
            int[] counts = counts(parts.get(i));
            for (int c = 0; c < 3; c++) {
                assertEquals(shares[i] * whole[c], counts[c], 2, "part " + i + " class " + c);
            }
        }
        Dataset weighted = DATA.withTargets(Targets.weighted(DATA.targets(), new float[SIZE]));
        assertEquals(
                numbers(parts.get(1)),
                numbers(Splits.stratified(weighted, 3, 0.6, 0.25, 0.15).get(1)));
    }

    @Test
    void groupsStayTogether() {
        int[] groups = IntStream.range(0, SIZE).map(i -> i * i % 17).toArray();
        List<Dataset> parts = Splits.grouped(DATA, groups, 4, 0.7, 0.3);
        assertPartition(parts);
        Set<Integer> first = new HashSet<>();
        numbers(parts.get(0)).forEach(i -> first.add(groups[i]));
        assertTrue(numbers(parts.get(1)).stream().noneMatch(i -> first.contains(groups[i])));
        assertEquals(0.7 * SIZE, parts.get(0).size(), 12);
    }

    @Test
    void timesAreNotTornAndNoPartKnowsTheFuture() {
        long[] times = IntStream.range(0, SIZE).mapToLong(i -> (SIZE - i) / 4).toArray();
        List<Dataset> parts = Splits.byTime(DATA, times, 0.6, 0.4);
        assertPartition(parts);
        long last = numbers(parts.get(0)).stream().mapToLong(i -> times[i]).max().orElseThrow();
        long next = numbers(parts.get(1)).stream().mapToLong(i -> times[i]).min().orElseThrow();
        assertTrue(last < next, last + " " + next);
    }

    @Test
    void sharesThatMakeNoPartsAreRefused() {
        for (double[] shares : new double[][] {{}, {0.7, 0.4}, {0}, {-0.1}, {Double.NaN}, {1.5}}) {
            assertThrows(IllegalArgumentException.class, () -> Splits.inOrder(DATA, shares));
        }
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Splits.inOrder(numbered(3, new int[3]), 0.9, 0.1));
        assertEquals(
                "split: part 1 of [0.9, 0.1] of 3 samples is empty; give it a larger share",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> Splits.grouped(DATA, new int[4], 1, 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> Splits.grouped(DATA, new int[SIZE], 1, 0.5, 0.5));
        Dataset values = DATA.withTargets(Targets.values(Matrix.zeros(SIZE, 1)));
        assertThrows(IllegalArgumentException.class, () -> Splits.stratified(values, 1, 0.5));
    }

    private static void assertFolds(List<Folds.Fold> folds, int k) {
        assertEquals(k, folds.size());
        assertPartition(folds.stream().map(Folds.Fold::validation).toList());
        for (Folds.Fold fold : folds) {
            assertPartition(List.of(fold.training(), fold.validation()));
        }
    }

    @Test
    void eachSampleIsValidatedOnce() {
        int[] groups = IntStream.range(0, SIZE).map(i -> i * i % 17).toArray();
        Stream.of(
                        Folds.inOrder(DATA, 5),
                        Folds.random(DATA, 5, 1),
                        Folds.stratified(DATA, 5, 1),
                        Folds.grouped(DATA, groups, 5, 1))
                .forEach(folds -> assertFolds(folds, 5));
        assertEquals(
                List.of(21, 21, 21, 20, 20),
                Folds.random(DATA, 5, 1).stream().map(f -> f.validation().size()).toList());
        for (Folds.Fold fold : Folds.stratified(DATA, 5, 1)) {
            assertEquals(11 / 5.0, counts(fold.validation())[2], 1);
        }
        for (Folds.Fold fold : Folds.grouped(DATA, groups, 5, 1)) {
            Set<Integer> held = new HashSet<>();
            numbers(fold.validation()).forEach(i -> held.add(groups[i]));
            assertTrue(numbers(fold.training()).stream().noneMatch(i -> held.contains(groups[i])));
        }
    }

    /** Nine classes of 1 to 9 samples: rare ones are spread as evenly as others. */
    @Test
    void stratifiedFoldsDifferByOneSampleOfAClass() {
        int[] labels = new int[45];
        for (int i = 0, c = 0; c < 9; c++) {
            Arrays.fill(labels, i, i + c + 1, c);
            i += c + 1;
        }
        Dataset data = Dataset.of(new float[45][1], labels);
        for (int k = 2; k <= 9; k++) {
            List<Folds.Fold> folds = Folds.stratified(data, k, k);
            for (int i = 0; i < k; i++) {
                assertEquals(45 / k + (i < 45 % k ? 1 : 0), folds.get(i).validation().size());
                int[] held = ((Targets.Labels) folds.get(i).validation().targets()).classes();
                for (int c = 0; c < 9; c++) {
                    int of = c;
                    long count = Arrays.stream(held).filter(label -> label == of).count();
                    assertEquals((c + 1.0) / k, count, 1 - 1e-9, "class " + c + " of " + k);
                }
            }
        }
    }

    @Test
    void forwardFoldsLearnFromThePastAlone() {
        List<Folds.Fold> folds = Folds.forward(DATA, 3);
        int end = 26;
        for (Folds.Fold fold : folds) {
            List<Integer> learnt = numbers(fold.training());
            assertEquals(IntStream.range(0, end).boxed().toList(), learnt);
            assertEquals(end, numbers(fold.validation()).getFirst());
            end += fold.validation().size();
        }
        assertEquals(SIZE, end);
    }

    @Test
    void foldsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Folds.random(DATA, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Folds.random(DATA, SIZE + 1, 1));
        int[] two = IntStream.range(0, SIZE).map(i -> i % 2).toArray();
        assertThrows(IllegalArgumentException.class, () -> Folds.grouped(DATA, two, 3, 1));
    }

    @Test
    void concatPutsOneAfterAnother() {
        Dataset a = DATA.range(0, 4);
        Dataset empty = DATA.range(0, 0);
        Dataset b = DATA.range(50, 53);
        Dataset all = Dataset.concat(a, empty, b);
        assertEquals(List.of(0, 1, 2, 3, 50, 51, 52), numbers(all));
        assertEquals(
                Arrays.toString(new int[] {2, 1, 0, 1, 2, 1, 0}),
                Arrays.toString(((Targets.Labels) all.targets()).classes()));
        Batch batch = new Batch(all, 2);
        batch.load(new int[] {5, 1}, 0);
        assertEquals(51, batch.inputs().at(0, 0));
        assertEquals(LABELS[51], ((Targets.Labels) batch.targets()).classes()[0]);
        assertEquals(LABELS[1], ((Targets.Labels) batch.targets()).classes()[1]);
        Dataset values = DATA.withTargets(Targets.values(Matrix.zeros(SIZE, 2)));
        assertEquals(
                "concat: targets of dataset 0 are 1 labels each, of dataset 1 2 numbers each; they"
                        + " must be alike",
                assertThrows(IllegalArgumentException.class, () -> Dataset.concat(a, values))
                        .getMessage());
        Dataset wide = DATA.map(new Shape(2), (x, y) -> y[1] = x[0]);
        assertThrows(IllegalArgumentException.class, () -> Dataset.concat(a, wide));
        assertThrows(IllegalArgumentException.class, Dataset::concat);
    }

    @Test
    void mapMakesSamplesWhenTheyAreGathered() {
        Dataset squares = DATA.map(new Shape(2), (x, y) -> y[0] = x[0] * x[0]);
        Batch batch = new Batch(squares, 2);
        batch.load(new int[] {7, 3}, 0);
        assertEquals(49, batch.inputs().at(0, 0));
        assertEquals(0, batch.inputs().at(0, 1));
        assertEquals(9, batch.inputs().at(1, 0));
        assertEquals(LABELS[3], ((Targets.Labels) batch.targets()).classes()[1]);
    }

    @Test
    void samplesMayBeTheirOwnTargets() {
        Batch batch = new Batch(DATA.reconstructing(), 3);
        batch.load(new int[] {9, 8, 7}, 0);
        assertEquals(8, ((Targets.Values) batch.targets()).rows().at(1, 0));
        assertThrows(IllegalArgumentException.class, () -> DATA.withTargets(Targets.labels(1, 2)));
    }

    @Test
    void rowsOfNumbersAndOfWholeNumbers() {
        Dataset values = Dataset.of(new float[][] {{1, 2}, {3, 4}}, new float[][] {{5}, {6}});
        Batch batch = new Batch(values, 1);
        batch.load(new int[] {1}, 0);
        assertEquals(4, batch.inputs().at(0, 1));
        assertEquals(6, ((Targets.Values) batch.targets()).rows().at(0, 0));

        Dataset words = Dataset.of(new int[][] {{1, 2, 3}, {4, 5, 1 << 24}}, new int[] {0, 1});
        Batch one = new Batch(words, 1);
        one.load(new int[] {1}, 0);
        assertEquals(1 << 24, one.inputs().at(0, 2));
        assertEquals(new Shape(3), words.shape());
        int[][] large = {{1}, {(1 << 24) + 1}};
        assertEquals(
                "Dataset: sample 1 has the number 16777217; layers compute in floats, which hold"
                        + " whole numbers up to 16777216 exactly: number what it stands for anew,"
                        + " from 0",
                assertThrows(IllegalArgumentException.class, () -> Dataset.of(large, new int[2]))
                        .getMessage());
        int[][] ragged = {{1}, {1, 2}};
        assertThrows(IllegalArgumentException.class, () -> Dataset.of(ragged, new int[2]));
        assertThrows(
                IllegalArgumentException.class, () -> Dataset.of(new int[][] {{1}}, new int[2]));
    }

    @Test
    void samplesThatAreNotThereAreNamed() {
        Dataset five = Dataset.of(new float[5][1], new int[5]);
        assertEquals(
                "subset: number 5 at position 1; the dataset has samples 0 to 4",
                assertThrows(IndexOutOfBoundsException.class, () -> five.subset(0, 5))
                        .getMessage());
        assertEquals(
                "range: samples 3 to below 1; the dataset has 5",
                assertThrows(IndexOutOfBoundsException.class, () -> five.range(3, 1)).getMessage());
    }
}
