package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides from all rows what kind of target a column is. */
final class TargetInference {

    /** Whole numbers of at most so many values are classes. */
    private static final int FEW_VALUES = 10;

    /** More classes than any table of this kind has. */
    private static final int MOST_CLASSES = 1000;

    private TargetInference() {}

    /**
     * Returns the target, as yet without scale.
     *
     * @param column the values
     * @param task what the user says; null to find it out
     * @param positive the class that counts as positive; null for the last
     * @param notes receives what was decided
     * @throws IllegalArgumentException if there is nothing to learn
     */
    static Target of(Column column, Task task, String positive, List<String> notes) {
        boolean numeric =
                column instanceof NumberColumn
                        || column instanceof TextColumn texts && texts.holdsLongNumbers();
        List<String> values = values(column);
        boolean classes = task != null ? task.isClassification() : !numeric || few(values);
        if (!classes) {
            requireNumbers(column, values);
            notes.add(Message.of("target %s: a number, so regression", column.name()));
            return new Target(column.name(), Task.REGRESSION, List.of(), null);
        }
        if (task == null && values.size() > FEW_VALUES) {
            refuseForeign(column, values);
        }
        requireClasses(column, values);
        List<String> ordered = new ArrayList<>(values);
        if (positive != null) {
            putLast(column, ordered, positive);
        }
        Task found = ordered.size() == 2 ? Task.BINARY : Task.MULTICLASS;
        String why = numeric && task == null ? "; --task regression takes it as a number" : "";
        notes.add(
                Message.of(
                        "target %s: %d classes%s%s",
                        column.name(),
                        ordered.size(),
                        found == Task.BINARY
                                ? Message.of(", '%s' is the positive one", ordered.get(1))
                                : "",
                        why));
        return new Target(column.name(), found, ordered, null);
    }

    /** Returns the different values in order, but no more than are needed to decide. */
    private static List<String> values(Column column) {
        if (column instanceof TextColumn texts) {
            boolean numbers =
                    texts.levels().stream().noneMatch(t -> Double.isNaN(Numbers.parse(t)));
            Comparator<String> order =
                    numbers
                            ? Comparator.<String>comparingDouble(Numbers::parse)
                                    .thenComparing(Comparator.naturalOrder())
                            : Comparator.naturalOrder();
            TreeSet<String> sorted = new TreeSet<>(order);
            sorted.addAll(texts.levels());
            return List.copyOf(sorted);
        }
        TreeMap<Double, String> sorted = new TreeMap<>();
        for (int row = 0; row < column.rows() && sorted.size() <= MOST_CLASSES; row++) {
            double number = column.number(row);
            if (!Double.isNaN(number)) {
                sorted.putIfAbsent(number, Numbers.text(number));
            }
        }
        return List.copyOf(sorted.values());
    }

    private static boolean few(List<String> values) {
        return values.size() == 2
                || values.size() <= FEW_VALUES
                        && values.stream()
                                .mapToDouble(Numbers::parse)
                                .allMatch(number -> number == Math.rint(number));
    }

    private static void requireNumbers(Column column, List<String> values) {
        for (String value : values) {
            if (Double.isNaN(Numbers.parse(value, decimal(column)))) {
                throw new IllegalArgumentException(
                        Message.of(
                                "target: %s holds '%s', which is no number; leave out --task"
                                        + " regression",
                                column.name(), value));
            }
        }
        if (values.size() < 2) {
            throw nothing(column, values);
        }
    }

    private static char decimal(Column column) {
        return column instanceof TextColumn texts ? texts.decimal() : '.';
    }

    /** Refuses what is a number to people: as classes hardly any of its values would be learnt. */
    private static void refuseForeign(Column column, List<String> values) {
        char decimal = decimal(column);
        String unit = Numbers.unit(values.getFirst());
        boolean alike = unit != null && values.stream().map(Numbers::unit).allMatch(unit::equals);
        String advice = alike ? "write numbers without '" + unit + "'" : null;
        for (String value : alike ? List.<String>of() : values) {
            char[] chars = value.toCharArray();
            String found = Numbers.advice(chars, 0, chars.length, decimal);
            if (found == null && Double.isNaN(Numbers.parse(value, decimal))) {
                return;
            }
            advice = advice == null ? found : advice;
        }
        if (advice != null) {
            throw new IllegalArgumentException(
                    Message.of(
                            "target: %s holds '%s', which is no number here; %s, or take it as"
                                    + " classes with --task multiclass",
                            column.name(), values.getFirst(), advice));
        }
    }

    private static void requireClasses(Column column, List<String> values) {
        if (values.size() < 2) {
            throw nothing(column, values);
        }
        if (values.size() > MOST_CLASSES || values.size() > column.rows() / 2) {
            refuseStrays(column, values);
            throw new IllegalArgumentException(
                    Message.of(
                            "target: %s has %s different texts in %d rows; is it a text, a date or"
                                    + " an id? Choose another target",
                            column.name(),
                            values.size() > MOST_CLASSES ? "over " + MOST_CLASSES : values.size(),
                            column.rows()));
        }
    }

    /** Names what is no number among numbers: as classes they are too many. */
    private static void refuseStrays(Column column, List<String> values) {
        List<String> strays =
                values.stream()
                        .filter(value -> Double.isNaN(Numbers.parse(value, decimal(column))))
                        .toList();
        if (!strays.isEmpty() && strays.size() < values.size() / 2) {
            throw new IllegalArgumentException(
                    Message.of(
                            "target: %s holds numbers, and '%s', which is none; mend it, or name"
                                    + " texts of empty cells with --na",
                            column.name(), strays.getFirst()));
        }
    }

    private static IllegalArgumentException nothing(Column column, List<String> values) {
        return new IllegalArgumentException(
                Message.of(
                        "target: %s is %s in all rows; there is nothing to learn",
                        column.name(),
                        values.isEmpty() ? "missing" : "'" + values.getFirst() + "'"));
    }

    private static void putLast(Column column, List<String> classes, String positive) {
        if (!classes.remove(positive)) {
            throw new IllegalArgumentException(
                    Message.of(
                            "target: --positive is '%s', which %s never is%s",
                            positive, column.name(), Names.suggest(positive, classes)));
        }
        classes.add(positive);
    }
}
