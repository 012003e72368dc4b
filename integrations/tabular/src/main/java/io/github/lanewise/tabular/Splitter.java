package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Divides rows: a fifth for the test, a fifth of the rest for validation.
 *
 * <p>At random, each class by itself; or the latest rows for the test and those before them for
 * validation; or whole groups; or as a column says.
 */
final class Splitter {

    private static final double SHARE = 0.2;

    /** Of three parts the last; the test is the first. */
    private static final int TRAIN = 2;

    private final RandomStream random;

    Splitter(long seed) {
        this.random = new RandomStream(seed).stream("split");
    }

    /**
     * Divides rows at random.
     *
     * @param rows that have a target
     * @param labels class of each row of the table; null for none
     * @param tested whether a test part is wanted
     */
    Split random(int[] rows, int[] labels, boolean tested) {
        return parts(strata(rows, labels), tested);
    }

    /** Returns the rows of each class in random order; the rarest class first. */
    private List<int[]> strata(int[] rows, int[] labels) {
        Map<Integer, List<Integer>> strata = new LinkedHashMap<>();
        for (int row : shuffled(rows)) {
            strata.computeIfAbsent(labels == null ? 0 : labels[row], l -> new ArrayList<>())
                    .add(row);
        }
        return strata.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<Integer, List<Integer>>>comparingInt(
                                        e -> e.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                .map(e -> e.getValue().stream().mapToInt(i -> i).toArray())
                .toList();
    }

    private int[] shuffled(int[] rows) {
        int[] order = new int[rows.length];
        random.permutation(order);
        int[] shuffled = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            shuffled[i] = rows[order[i]];
        }
        return shuffled;
    }

    private static Split parts(List<int[]> strata, boolean tested) {
        List<int[]> train = new ArrayList<>();
        List<int[]> validation = new ArrayList<>();
        List<int[]> test = new ArrayList<>();
        double testsOwed = 0;
        double validationsOwed = 0;
        for (int[] rows : strata) {
            // what rounding owes goes on to the next class, so that the sums are right
            testsOwed += tested ? SHARE * rows.length : 0;
            int tests = Math.min(rows.length - 1, (int) Math.round(testsOwed));
            testsOwed -= tests;
            validationsOwed += SHARE * (rows.length - tests);
            int validations = Math.min(rows.length - tests - 1, (int) Math.round(validationsOwed));
            validationsOwed -= validations;
            test.add(Arrays.copyOfRange(rows, 0, tests));
            validation.add(Arrays.copyOfRange(rows, tests, tests + validations));
            train.add(Arrays.copyOfRange(rows, tests + validations, rows.length));
        }
        return split(join(train), join(validation), join(test), tested);
    }

    private static int[] join(List<int[]> parts) {
        return parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    }

    private static Split split(int[] train, int[] validation, int[] test, boolean tested) {
        if (train.length == 0 || validation.length == 0 || tested && test.length == 0) {
            throw new IllegalArgumentException(
                    Message.of(
                            "split: %d rows to train, %d to validate, %d to test; there must be"
                                    + " some of each, give more rows",
                            train.length, validation.length, test.length));
        }
        return new Split(train, validation, test);
    }

    /** Divides rows by time: the test rows are the latest, the validation rows those before. */
    Split byTime(int[] rows, Column time, DateFormat format, boolean tested) {
        double[] when = new double[time.rows()];
        for (int row : rows) {
            when[row] = moment(time, format, row);
            if (Double.isNaN(when[row])) {
                throw new IllegalArgumentException(
                        Message.of(
                                "split: %s is missing in row %d; --time needs a time in every row",
                                time.name(), row + 1));
            }
        }
        int[] ordered =
                Arrays.stream(rows)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> when[row]))
                        .mapToInt(row -> row)
                        .toArray();
        int tests = tested ? (int) Math.round(SHARE * rows.length) : 0;
        int parts = tested ? 3 : 2;
        int end =
                tested
                        ? border(time, ordered, when, rows.length - tests, rows.length, parts)
                        : rows.length;
        int validations = (int) Math.round(SHARE * (rows.length - tests));
        int begin = border(time, ordered, when, end - validations, end, parts);
        return split(
                Arrays.copyOfRange(ordered, 0, begin),
                Arrays.copyOfRange(ordered, begin, end),
                Arrays.copyOfRange(ordered, end, rows.length),
                tested);
    }

    /**
     * Returns the place nearest to the wanted one, of which the rows before are of earlier times
     * than those behind; so that no moment is torn.
     */
    private static int border(
            Column time, int[] ordered, double[] when, int wanted, int end, int parts) {
        for (int away = 0; away < end; away++) {
            for (int place : new int[] {wanted - away, wanted + away}) {
                boolean inside = place > 0 && place < end;
                if (inside && when[ordered[place - 1]] < when[ordered[place]]) {
                    return place;
                }
            }
        }
        throw new IllegalArgumentException(
                Message.of(
                        "split: %s has too few different times for %d parts, each of whole moments",
                        time.name(), parts));
    }

    private static double moment(Column time, DateFormat format, int row) {
        if (format == null) {
            return time.number(row);
        }
        LocalDateTime date = format.parse(time.text(row));
        return date == null ? Double.NaN : date.toEpochSecond(ZoneOffset.UTC);
    }

    /** Divides rows so that those of one group stay together. */
    Split byGroup(int[] rows, Column group, boolean tested) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int row : rows) {
            groups.computeIfAbsent(String.valueOf(group.text(row)), g -> new ArrayList<>())
                    .add(row);
        }
        int needed = tested ? 3 : 2;
        if (groups.size() < needed) {
            throw new IllegalArgumentException(
                    Message.of(
                            "split: %s has %d groups; there must be %d, one for each part, or"
                                    + " leave out --group",
                            group.name(), groups.size(), needed));
        }
        int tests = tested ? (int) Math.round(SHARE * rows.length) : 0;
        int validations = (int) Math.round(SHARE * (rows.length - tests));
        List<List<Integer>> all = mixed(groups.values(), tested ? tests : validations);
        List<List<Integer>> parts =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int[] ends = {tests, tests + validations};
        int part = tested ? 0 : 1;
        int before = 0;
        for (int i = 0; i < all.size(); i++) {
            int after = before + all.get(i).size();
            // each part that follows is to have a group, too
            boolean spared = all.size() - i > TRAIN - part;
            if (part < TRAIN
                    && !parts.get(part).isEmpty()
                    && !(spared && Math.abs(after - ends[part]) <= Math.abs(before - ends[part]))) {
                part++;
            }
            parts.get(part).addAll(all.get(i));
            before = after;
        }
        return split(sorted(parts.get(2)), sorted(parts.get(1)), sorted(parts.get(0)), tested);
    }

    /** Returns the groups in random order; those of more rows than a part is to have come last. */
    private List<List<Integer>> mixed(Collection<List<Integer>> groups, int most) {
        List<List<Integer>> all = new ArrayList<>(groups);
        int[] order = new int[all.size()];
        random.permutation(order);
        return Arrays.stream(order)
                .mapToObj(all::get)
                .sorted(Comparator.comparing(group -> group.size() > most))
                .toList();
    }

    private static int[] sorted(List<Integer> rows) {
        return rows.stream().mapToInt(i -> i).sorted().toArray();
    }

    /** Divides rows as a column says: train, validation (or valid, val), test. */
    Split byColumn(int[] rows, Column parts, int[] labels) {
        Map<String, List<Integer>> named = new LinkedHashMap<>();
        for (int row : rows) {
            named.computeIfAbsent(part(parts, row), p -> new ArrayList<>()).add(row);
        }
        IntFunction<int[]> get =
                i -> sorted(named.getOrDefault(List.of("train", "val", "test").get(i), List.of()));
        if (get.apply(1).length == 0) {
            Split rest = random(get.apply(0), labels, false);
            return split(rest.train(), rest.validation(), get.apply(2), true);
        }
        return split(get.apply(0), get.apply(1), get.apply(2), true);
    }

    private static String part(Column parts, int row) {
        String text = String.valueOf(parts.text(row)).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "train", "training" -> "train";
            case "validation", "valid", "val" -> "val";
            case "test" -> "test";
            default ->
                    throw new IllegalArgumentException(
                            Message.of(
                                    "split: %s is '%s' in row %d; it must be train, validation or"
                                            + " test",
                                    parts.name(), parts.text(row), row + 1));
        };
    }

    /** Cuts the rows that are not for the test into folds; each is the validation of one model. */
    List<Split> folds(Split split, int[] labels, int folds) {
        int[] rows = join(List.of(split.train(), split.validation()));
        List<List<Integer>> parts = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            parts.add(new ArrayList<>());
        }
        int next = 0;
        for (int[] stratum : strata(rows, labels)) {
            for (int row : stratum) {
                parts.get(next++ % folds).add(row);
            }
        }
        if (rows.length < 2 * folds) {
            throw new IllegalArgumentException(
                    Message.of(
                            "folds: %d folds of %d rows; there must be two rows for each",
                            folds, rows.length));
        }
        List<Split> splits = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            int[] validation = sorted(parts.get(f));
            boolean[] held = new boolean[Arrays.stream(rows).max().orElse(0) + 1];
            for (int row : validation) {
                held[row] = true;
            }
            int[] train = Arrays.stream(rows).filter(row -> !held[row]).toArray();
            splits.add(new Split(train, validation, split.test()));
        }
        return splits;
    }
}
