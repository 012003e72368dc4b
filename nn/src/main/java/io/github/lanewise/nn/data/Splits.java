package io.github.lanewise.nn.data;

import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Splits of a dataset into parts that have no sample in common, such as for training, validation
 * and test. Nothing is copied but targets.
 *
 * <pre>{@code
 * List<Dataset> parts = Splits.stratified(data, seed, 0.8, 0.2);
 * }</pre>
 *
 * <p>Shares are of all samples, each above 0, and add up to 1 at most; what is left is in no part.
 * The end of a part is the rounded sum of the shares so far times the number of samples. Equal
 * seeds give equal parts on every machine; within a part, samples stay in their order.
 */
public final class Splits {

    /** Sums of shares such as 0.7 + 0.2 + 0.1 are rounded. */
    private static final double SLACK = 1e-9;

    private Splits() {}

    /** Returns the first samples, the next, and so on. */
    public static List<Dataset> inOrder(Dataset dataset, double... shares) {
        return parts(dataset, IntStream.range(0, dataset.size()).toArray(), shares);
    }

    /** Returns random samples. */
    public static List<Dataset> random(Dataset dataset, long seed, double... shares) {
        int[] order = new int[dataset.size()];
        stream(seed).permutation(order);
        return parts(dataset, order, shares);
    }

    /**
     * Returns random samples, of each class its share to within two samples.
     *
     * @throws IllegalArgumentException if the dataset has not a label for each sample in memory
     */
    public static List<Dataset> stratified(Dataset dataset, long seed, double... shares) {
        return parts(dataset, stratifiedOrder(labels("stratified", dataset), seed), shares);
    }

    /**
     * Returns whole groups in random order, such as all images of one patient, so that no group is
     * in two parts. A part ends with the group that brings it nearest to its share of samples.
     *
     * @param groups number of each sample's group
     * @throws IllegalArgumentException if there are not as many, or fewer groups than parts
     */
    public static List<Dataset> grouped(
            Dataset dataset, int[] groups, long seed, double... shares) {
        requireOneEach("grouped", "groups", groups.length, dataset);
        List<int[]> members = shuffled(List.copyOf(membersOf(groups).values()), seed);
        return whole("grouped", dataset, members, shares);
    }

    /**
     * Returns the earliest samples, the next, and so on. Samples of one time stay together, so that
     * no part knows the future of one before it.
     *
     * @param times of each sample, in any unit, in any order
     * @throws IllegalArgumentException if there are not as many, or fewer different times than
     *     parts
     */
    public static List<Dataset> byTime(Dataset dataset, long[] times, double... shares) {
        requireOneEach("byTime", "times", times.length, dataset);
        Integer[] order = new Integer[times.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
        Map<Long, List<Integer>> moments = new LinkedHashMap<>();
        for (int i : order) {
            moments.computeIfAbsent(times[i], any -> new ArrayList<>()).add(i);
        }
        List<int[]> members =
                moments.values().stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toList();
        return whole("byTime", dataset, members, shares);
    }

    static RandomStream stream(long seed) {
        return new RandomStream(seed).stream("split");
    }

    /** Returns the class of each sample. */
    static int[] labels(String operation, Dataset dataset) {
        Targets targets = dataset.targets();
        if (targets instanceof Targets.Weighted weighted) {
            targets = weighted.targets();
        }
        if (targets instanceof Targets.Labels labels && labels.perSample() == 1) {
            return labels.classes();
        }
        throw new IllegalArgumentException(
                "%s: the dataset has not one class for each sample in memory; split it by groups or at random"
                        .formatted(operation));
    }

    /** Returns the samples class after class, those of a class in random order. */
    static int[] byClass(int[] labels, long seed) {
        return membersOf(labels).values().stream()
                .flatMapToInt(members -> Arrays.stream(shuffled(labels, members, seed)))
                .toArray();
    }

    private static int[] shuffled(int[] labels, int[] members, long seed) {
        int[] order = new int[members.length];
        stream(seed).stream(labels[members[0]]).permutation(order);
        return Arrays.stream(order).map(i -> members[i]).toArray();
    }

    /**
     * Returns an order in which every run of samples has the classes in their shares: sample j of n
     * of a class stands at (j + 1/2) / n, in random order within the class.
     */
    static int[] stratifiedOrder(int[] labels, long seed) {
        List<int[]> classes = List.copyOf(membersOf(labels).values());
        double[] place = new double[labels.length];
        for (int c = 0; c < classes.size(); c++) {
            int[] members = shuffled(labels, classes.get(c), seed);
            for (int j = 0; j < members.length; j++) {
                place[members[j]] = (j + 0.5) / members.length;
            }
        }
        return IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> place[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns the samples of each group; groups in the order of their first samples. */
    static Map<Integer, int[]> membersOf(int[] groups) {
        Map<Integer, int[]> members = new LinkedHashMap<>();
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (int group : groups) {
            counts.merge(group, 1, Integer::sum);
        }
        counts.forEach((group, count) -> members.put(group, new int[count]));
        for (int i = groups.length - 1; i >= 0; i--) {
            int left = counts.merge(groups[i], -1, Integer::sum);
            members.get(groups[i])[left] = i;
        }
        return members;
    }

    static List<int[]> shuffled(List<int[]> groups, long seed) {
        int[] order = new int[groups.size()];
        stream(seed).permutation(order);
        return Arrays.stream(order).mapToObj(groups::get).toList();
    }

    static void requireOneEach(String operation, String what, int found, Dataset dataset) {
        requireOneEach(operation, what, found, dataset.size());
    }

    static void requireOneEach(String operation, String what, int found, int samples) {
        if (found != samples) {
            throw new IllegalArgumentException(
                    "%s: %s %s for %s samples; give one for each"
                            .formatted(operation, found, what, samples));
        }
    }

    private static void check(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "split: the shares are %s; each must be above 0, up to 1"
                                .formatted(Arrays.toString(shares)));
            }
            sum += share;
        }
        if (shares.length == 0 || sum > 1 + SLACK) {
            throw new IllegalArgumentException(
                    "split: the shares are %s; there must be some, and their sum 1 at most"
                            .formatted(Arrays.toString(shares)));
        }
    }

    /** Returns where each part ends, as a number of samples. */
    private static int[] ends(int samples, double[] shares) {
        check(shares);
        int[] ends = new int[shares.length];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            ends[i] = (int) Math.min(samples, Math.round(sum * samples));
            if (ends[i] == (i == 0 ? 0 : ends[i - 1])) {
                throw new IllegalArgumentException(
                        "split: part %s of %s of %s samples is empty; give it a larger share"
                                .formatted(i, Arrays.toString(shares), samples));
            }
        }
        return ends;
    }

    private static List<Dataset> parts(Dataset dataset, int[] order, double... shares) {
        int[] ends = ends(Objects.requireNonNull(dataset, "dataset").size(), shares);
        List<Dataset> parts = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            parts.add(
                    sorted(dataset, Arrays.copyOfRange(order, i == 0 ? 0 : ends[i - 1], ends[i])));
        }
        return parts;
    }

    static Dataset sorted(Dataset dataset, int[] samples) {
        int[] rows = samples.clone();
        Arrays.sort(rows);
        return dataset.subset(rows);
    }

    /** Puts whole groups into the parts, in order. */
    private static List<Dataset> whole(
            String operation, Dataset dataset, List<int[]> groups, double... shares) {
        int[] ends = ends(dataset.size(), shares);
        if (groups.size() < ends.length) {
            throw new IllegalArgumentException(
                    "%s: %s groups or times for %s parts; there must be one for each at least"
                            .formatted(operation, groups.size(), ends.length));
        }
        List<Dataset> parts = new ArrayList<>();
        int group = 0;
        int taken = 0;
        for (int i = 0; i < ends.length; i++) {
            List<int[]> part = new ArrayList<>();
            int reserved = ends.length - 1 - i;
            while (group < groups.size() - reserved
                    && belongs(part, groups, group, taken, ends[i])) {
                taken += groups.get(group).length;
                part.add(groups.get(group++));
            }
            parts.add(sorted(dataset, part.stream().flatMapToInt(Arrays::stream).toArray()));
        }
        return parts;
    }

    /** Whether a part with the group ends no further from where it should than without. */
    private static boolean belongs(
            List<int[]> part, List<int[]> groups, int group, int taken, int end) {
        int with = taken + groups.get(group).length;
        return part.isEmpty() || with <= end || with - end <= end - taken;
    }
}
