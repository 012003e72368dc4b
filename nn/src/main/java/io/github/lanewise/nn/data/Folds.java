package io.github.lanewise.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Cross-validation: k ways to part a dataset, such that each sample is in the validation part once.
 * Of n samples, the first n mod k validation parts are one larger. Equal seeds give equal folds on
 * every machine.
 *
 * <pre>{@code
 * for (Folds.Fold fold : Folds.stratified(data, 5, seed)) {
 *     Trainer trainer = new Trainer(newModel(), loss, new Adam());
 *     trainer.fit(fold.training(), 10, 32);
 *     sum += trainer.evaluate(fold.validation()).accuracy();
 * }
 * }</pre>
 */
public final class Folds {

    private Folds() {}

    /**
     * One of the ways in which cross-validation parts a dataset.
     *
     * @param training samples to learn from
     * @param validation the others, or those that come after
     */
    public record Fold(Dataset training, Dataset validation) {

        /** Checks that both are there. */
        public Fold {
            Objects.requireNonNull(training, "training");
            Objects.requireNonNull(validation, "validation");
        }
    }

    /** Makes k folds of samples in order. */
    public static List<Fold> inOrder(Dataset dataset, int k) {
        require(k, dataset.size(), "samples");
        return folds(dataset, k, cut(IntStream.range(0, dataset.size()).toArray(), k));
    }

    /** Makes k folds of random samples. */
    public static List<Fold> random(Dataset dataset, int k, long seed) {
        require(k, dataset.size(), "samples");
        int[] order = new int[dataset.size()];
        Splits.stream(seed).permutation(order);
        return folds(dataset, k, cut(order, k));
    }

    /**
     * Makes k folds that have the classes in the shares of the whole: of no class do two have
     * numbers that differ by more than one.
     *
     * @throws IllegalArgumentException if the dataset has not a label for each sample in memory
     */
    public static List<Fold> stratified(Dataset dataset, int k, long seed) {
        require(k, dataset.size(), "samples");
        return folds(dataset, k, dealt(Splits.labels("stratified", dataset), k, seed));
    }

    /**
     * Makes k folds of whole groups, none of which is in both parts of a fold: from the largest
     * group on, each joins the validation part that has the fewest samples so far.
     *
     * @param groups number of each sample's group
     * @throws IllegalArgumentException if there are not as many, or fewer than k groups
     */
    public static List<Fold> grouped(Dataset dataset, int[] groups, int k, long seed) {
        Splits.requireOneEach("grouped", "groups", groups.length, dataset);
        List<int[]> members =
                new ArrayList<>(
                        Splits.shuffled(List.copyOf(Splits.membersOf(groups).values()), seed));
        require(k, members.size(), "groups");
        members.sort(Comparator.comparingInt(group -> -group.length));
        List<List<int[]>> parts = new ArrayList<>();
        int[] sizes = new int[k];
        for (int i = 0; i < k; i++) {
            parts.add(new ArrayList<>());
        }
        for (int[] group : members) {
            int least =
                    IntStream.range(0, k).boxed().min(Comparator.comparing(i -> sizes[i])).get();
            parts.get(least).add(group);
            sizes[least] += group.length;
        }
        return folds(
                dataset,
                k,
                parts.stream()
                        .map(part -> part.stream().flatMapToInt(Arrays::stream).toArray())
                        .toList());
    }

    /**
     * Makes k folds for a series whose samples are in the order of time: samples are cut into k + 1
     * runs, and fold i learns from the first i + 1 of them and is measured on the next.
     */
    public static List<Fold> forward(Dataset dataset, int k) {
        require(k + 1, dataset.size(), "samples");
        List<int[]> runs = cut(IntStream.range(0, dataset.size()).toArray(), k + 1);
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int[] next = runs.get(i + 1);
            int end = next[next.length - 1] + 1;
            folds.add(new Fold(dataset.range(0, next[0]), dataset.range(next[0], end)));
        }
        return folds;
    }

    private static void require(int k, int most, String what) {
        if (k < 2 || k > most) {
            throw new IllegalArgumentException(
                    "Folds: %s parts of %s %s; there must be 2 or more, and none empty"
                            .formatted(k, most, what));
        }
    }

    /** Deals the samples out, class after class, so that each part gets every k-th. */
    private static List<int[]> dealt(int[] labels, int k, long seed) {
        int[] order = Splits.byClass(labels, seed);
        List<int[]> parts = new ArrayList<>();
        for (int part = 0; part < k; part++) {
            parts.add(
                    IntStream.iterate(part, i -> i < order.length, i -> i + k)
                            .map(i -> order[i])
                            .toArray());
        }
        return parts;
    }

    private static List<int[]> cut(int[] order, int k) {
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < k; i++) {
            int to = from + order.length / k + (i < order.length % k ? 1 : 0);
            parts.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return parts;
    }

    private static List<Fold> folds(Dataset dataset, int k, List<int[]> parts) {
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int held = i;
            int[] others =
                    IntStream.range(0, k)
                            .filter(part -> part != held)
                            .mapToObj(parts::get)
                            .flatMapToInt(Arrays::stream)
                            .toArray();
            folds.add(
                    new Fold(Splits.sorted(dataset, others), Splits.sorted(dataset, parts.get(i))));
        }
        return folds;
    }
}
