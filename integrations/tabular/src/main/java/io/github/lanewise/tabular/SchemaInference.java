package io.github.lanewise.tabular;

import io.github.lanewise.tabular.ColumnPlan.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Decides from all rows of a table what each column is used for. */
final class SchemaInference {

    /** Columns of fewer levels are categories however few rows there are. */
    private static final int FEW_LEVELS = 20;

    private final Table table;
    private final Overrides overrides;
    private final Map<Long, List<Column>> seen = new HashMap<>();

    private SchemaInference(Table table, Overrides overrides) {
        this.table = table;
        this.overrides = overrides;
    }

    /**
     * Returns the schema.
     *
     * @param reserved columns with a use of their own: the target, a group, a split
     * @throws IllegalArgumentException if an override names no column, or a date may be read in two
     *     ways
     */
    static Schema of(Table table, Set<String> reserved, Overrides overrides) {
        overrides.require(table);
        SchemaInference inference = new SchemaInference(table, overrides);
        List<ColumnPlan> plans = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!reserved.contains(column.name())) {
                plans.add(inference.plan(column));
            }
        }
        return new Schema(plans);
    }

    private ColumnPlan plan(Column column) {
        ColumnPlan told = overrides.of(column);
        if (told != null) {
            return told;
        }
        int missing = column.missing();
        if (missing == table.rows()) {
            return dropped(column, "all values are missing");
        }
        if (missing == 0 && isConstant(column)) {
            return dropped(column, "always " + column.text(0));
        }
        Column twice = sameAs(column);
        if (twice != null) {
            return dropped(column, "the same as " + twice.name());
        }
        return switch (column) {
            case NumberColumn numbers -> number(numbers, missing);
            case TextColumn texts -> text(texts, missing);
        };
    }

    private static ColumnPlan dropped(Column column, String why) {
        return new ColumnPlan(column.name(), Kind.DROPPED, why);
    }

    private static boolean isConstant(Column column) {
        if (column instanceof TextColumn texts) {
            return texts.levels().size() == 1;
        }
        double first = column.number(0);
        for (int row = 1; row < column.rows(); row++) {
            if (column.number(row) != first) {
                return false;
            }
        }
        return true;
    }

    /** Returns an earlier column of the same cells; null if there is none. */
    private Column sameAs(Column column) {
        long hash = 0;
        for (int row = 0; row < column.rows(); row++) {
            hash = 31 * hash + cell(column, row);
        }
        List<Column> alike = seen.computeIfAbsent(hash, h -> new ArrayList<>());
        for (Column other : alike) {
            if (isSame(column, other)) {
                return other;
            }
        }
        alike.add(column);
        return null;
    }

    private static long cell(Column column, int row) {
        return column instanceof TextColumn texts
                ? texts.code(row)
                : Double.doubleToLongBits(column.number(row));
    }

    private static boolean isSame(Column a, Column b) {
        if (a.getClass() != b.getClass()
                || a instanceof TextColumn x
                        && b instanceof TextColumn y
                        && !x.levels().equals(y.levels())) {
            return false;
        }
        for (int row = 0; row < a.rows(); row++) {
            if (cell(a, row) != cell(b, row)) {
                return false;
            }
        }
        return true;
    }

    private ColumnPlan number(NumberColumn column, int missing) {
        if (missing == 0 && isNumbered(column)) {
            return dropped(column, "numbers the rows: an id");
        }
        return new ColumnPlan(column.name(), Kind.NUMBER, "all values are numbers" + and(missing));
    }

    private static String and(int missing) {
        return missing == 0 ? "" : Message.of(", %,d missing", missing);
    }

    /** Returns whether whole numbers are all different and either without gaps or named an id. */
    private static boolean isNumbered(NumberColumn column) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < column.rows(); row++) {
            double number = column.number(row);
            if (number != Math.rint(number)) {
                return false;
            }
            least = Math.min(least, number);
            most = Math.max(most, number);
        }
        if (column.rows() < FEW_LEVELS || most - least < column.rows() - 1) {
            return false;
        }
        boolean dense = most - least == column.rows() - 1;
        if (!dense && !isNamedId(column.name())) {
            return false;
        }
        Set<Double> all = new HashSet<>();
        for (int row = 0; row < column.rows(); row++) {
            if (!all.add(column.number(row))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNamedId(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("id")
                || lower.equals("index")
                || lower.endsWith("_id")
                || lower.endsWith(" id")
                || lower.endsWith("-id")
                || name.endsWith("Id")
                || name.endsWith("ID");
    }

    private ColumnPlan text(TextColumn column, int missing) {
        List<String> levels = column.levels();
        List<DateFormat> dates = DateFormat.fitting(levels);
        if (dates.size() > 1) {
            throw new IllegalArgumentException(
                    Message.of(
                            "date: %s: '%s' may be %s or %s; say which: --date %s=%s",
                            column.name(),
                            levels.getFirst(),
                            dates.get(0),
                            dates.get(1),
                            column.name(),
                            dates.get(0)));
        }
        if (dates.size() == 1) {
            String form = dates.getFirst() + and(missing);
            return new ColumnPlan(column.name(), Kind.DATE, form, dates.getFirst());
        }
        if (column.holdsLongNumbers()) {
            return longNumber(column, missing);
        }
        if (column.holdsNumbers()) {
            return new ColumnPlan(
                    column.name(), Kind.NUMBER, "all texts are numbers" + and(missing));
        }
        String nearly = nearlyDates(levels);
        int values = column.rows() - missing;
        if (levels.size() > FEW_LEVELS && levels.size() > values / 2) {
            return dropped(
                    column,
                    Message.of("%,d of %,d texts are different", levels.size(), values) + nearly);
        }
        return new ColumnPlan(
                column.name(), Kind.CATEGORY, levels(levels.size()) + and(missing) + nearly);
    }

    /** Says of texts most of which are dates which one is none. */
    private static String nearlyDates(List<String> levels) {
        DateFormat most = DateFormat.ofMost(levels);
        return most == null
                ? ""
                : Message.of(
                        "; most are dates of the form %s, '%s' is none: mend it, or take it as"
                                + " missing with --na",
                        most.toString(), most.misfit(levels));
    }

    private static ColumnPlan longNumber(TextColumn column, int missing) {
        if (column.levels().size() == column.rows() && isNamedId(column.name())) {
            return dropped(column, "numbers the rows: an id");
        }
        return new ColumnPlan(
                column.name(),
                Kind.NUMBER,
                Message.of(
                                "some have more digits than a number keeps and are rounded;"
                                        + " --category %s tells all apart",
                                column.name())
                        + and(missing));
    }

    private static String levels(int count) {
        return count > CategoryEncoder.MOST_LEVELS
                ? Message.of(
                        "%,d levels, the %,d most frequent are kept",
                        count, CategoryEncoder.MOST_LEVELS)
                : Message.of("%,d %s", count, count == 1 ? "level" : "levels");
    }
}
