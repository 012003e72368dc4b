package io.github.lanewise.tabular;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Columns whose use the user has decided. */
final class Overrides {

    private final Set<String> numeric = new LinkedHashSet<>();
    private final Set<String> category = new LinkedHashSet<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Map<String, DateFormat> dates = new LinkedHashMap<>();

    void numeric(Collection<String> columns) {
        numeric.addAll(columns);
    }

    void category(Collection<String> columns) {
        category.addAll(columns);
    }

    void drop(Collection<String> columns) {
        dropped.addAll(columns);
    }

    void date(String column, DateFormat format) {
        dates.put(column, format);
    }

    /** Checks that all columns exist. */
    void require(Table table) {
        numeric.forEach(table::column);
        category.forEach(table::column);
        dropped.forEach(table::column);
        dates.keySet().forEach(table::column);
    }

    /** Returns the plan that the user has decided on; null if there is none. */
    ColumnPlan of(Column column) {
        String name = column.name();
        if (dropped.contains(name)) {
            return new ColumnPlan(name, ColumnPlan.Kind.DROPPED, "as told");
        }
        if (numeric.contains(name)) {
            int others = 0;
            int numbers = 0;
            String first = null;
            for (int row = 0; row < column.rows(); row++) {
                boolean other = !column.isMissing(row) && Double.isNaN(column.number(row));
                numbers += Double.isNaN(column.number(row)) ? 0 : 1;
                others += other ? 1 : 0;
                first = other && first == null ? column.text(row) : first;
            }
            if (numbers == 0 && others > 0) {
                throw noNumbers(column, first);
            }
            return new ColumnPlan(
                    name,
                    ColumnPlan.Kind.NUMBER,
                    others == 0
                            ? "as told"
                            : Message.of(
                                    "as told; %d values are no numbers and count as missing",
                                    others));
        }
        if (category.contains(name)) {
            return new ColumnPlan(name, ColumnPlan.Kind.CATEGORY, "as told");
        }
        return dates.containsKey(name) ? date(column, dates.get(name)) : null;
    }

    private static IllegalArgumentException noNumbers(Column column, String first) {
        char decimal = column instanceof TextColumn texts ? texts.decimal() : '.';
        String advice = Numbers.advice(first.toCharArray(), 0, first.length(), decimal);
        return new IllegalArgumentException(
                Message.of(
                        "numeric: %s holds no number, the first value is '%s'; %s, or leave out"
                                + " --numeric %s",
                        column.name(),
                        first,
                        advice == null ? "write numbers as 1234" + decimal + '5' : advice,
                        column.name()));
    }

    /** Returns whether the user has decided on a column. */
    boolean has(String column) {
        return numeric.contains(column)
                || category.contains(column)
                || dropped.contains(column)
                || dates.containsKey(column);
    }

    private static ColumnPlan date(Column column, DateFormat format) {
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isMissing(row) && format.parse(column.text(row)) == null) {
                throw new IllegalArgumentException(
                        Message.of(
                                "date: %s: '%s' in row %d is no date of the form %s; name the right"
                                        + " form, or --category %s",
                                column.name(), column.text(row), row + 1, format, column.name()));
            }
        }
        return new ColumnPlan(column.name(), ColumnPlan.Kind.DATE, "as told, " + format, format);
    }
}
