package io.github.lanewise.tabular;

import java.util.Arrays;
import java.util.Set;

/** What one pass over all rows tells of a column: whether it is numeric, and what it takes. */
final class ColumnProfile {

    /** Up to this share of non-numbers the column was probably meant to be numeric. */
    private static final double MOST_OTHERS = 0.5;

    /** Of the buffers that a column needs while it is read. */
    private static final long BUFFER_BYTES = 8L * NumberChunk.SIZE;

    /** Levels are numbered in bytes if there are surely few enough of them. */
    private static final int FEW_LEVELS = 240;

    private final char[][] markers;
    private final DistinctCount distinct = new DistinctCount();
    private final boolean text;
    private final char decimal;
    private long values;
    private long numbers;
    private long characters;
    private double most;
    private int decimals;
    private long zeroLine;
    private String zeroText;
    private boolean isLong;
    private long foreign;
    private long otherLine;
    private String otherText;
    private String unit;

    ColumnProfile(Set<String> markers, boolean text, char decimal) {
        this.decimal = decimal;
        this.text = text;
        this.markers = markers.stream().map(String::toCharArray).toArray(char[][]::new);
    }

    /** Returns whether a field stands for an empty cell. */
    boolean isMissing(CsvRow row, int field) {
        int from = row.start(field);
        int to = from + row.length(field);
        for (char[] marker : markers) {
            if (Arrays.equals(row.chars(), from, to, marker, 0, marker.length)) {
                return true;
            }
        }
        return from == to;
    }

    /** Counts a cell. */
    void add(CsvRow row, int field) {
        if (isMissing(row, field)) {
            return;
        }
        values++;
        int start = row.start(field);
        int length = row.length(field);
        characters += length;
        distinct.add(row.chars(), start, length);
        double number = Numbers.parse(row.chars(), start, length, decimal);
        if (Double.isNaN(number)) {
            if (otherText == null) {
                otherText = row.text(field);
                unit = Numbers.unit(otherText);
            } else if (unit != null && !unit.equals(Numbers.unit(row.text(field)))) {
                unit = null;
            }
            otherLine = otherLine == 0 ? row.line() : otherLine;
            foreign += Numbers.advice(row.chars(), start, length, decimal) != null ? 1 : 0;
            return;
        }
        numbers++;
        most = Math.max(most, Math.abs(number));
        decimals = Math.max(decimals, decimals(row.chars(), start, length));
        isLong |= Numbers.isLong(row.chars(), start, length);
        if (zeroText == null && Numbers.leadingZero(row.chars(), start, length)) {
            zeroText = row.text(field);
            zeroLine = row.line();
        }
    }

    private int decimals(char[] chars, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (chars[i] == decimal) {
                return start + length - 1 - i;
            }
        }
        return 0;
    }

    /**
     * Returns whether every value is a number, none begins with a needless zero, and doubles keep
     * all digits of whole ones.
     */
    boolean isNumeric() {
        return !text && values > 0 && numbers == values && zeroText == null && !isLong;
    }

    /** Returns about how many different texts there are. */
    long distinct() {
        return distinct.estimate();
    }

    /** Returns whether its levels need more than a byte for their numbers. */
    boolean isWide() {
        return distinct() > FEW_LEVELS;
    }

    /** Returns about how many bytes the column will take; see {@link NumberChunk}. */
    long bytes(long rows) {
        if (isNumeric()) {
            double k = decimals <= 6 ? most * StrictMath.pow(10, decimals) : 1e300;
            int width = k <= Byte.MAX_VALUE ? 1 : k <= Short.MAX_VALUE ? 2 : k <= 2e9 ? 4 : 8;
            return rows * width + Math.min(BUFFER_BYTES, 8 * rows);
        }
        long mean = values == 0 ? 0 : characters / values;
        return rows * (isWide() ? 4 : 1) + distinct() * (TextColumn.Builder.LEVEL_BYTES + mean);
    }

    /** Returns a sentence on why a column of numbers became a category; null if there is none. */
    String note(String name) {
        if (zeroText != null && numbers == values) {
            return Message.of(
                    "%s: '%s' in line %d begins with a zero, as codes do: a category",
                    name, zeroText, zeroLine);
        }
        long others = values - numbers;
        if (foreign > 0 && foreign == others) {
            char[] first = otherText.toCharArray();
            return Message.of(
                    "%s: '%s' in line %d may be a number written in another way: a category; %s",
                    name, otherText, otherLine, Numbers.advice(first, 0, first.length, decimal));
        }
        if (unit != null && others > 1) {
            return Message.of(
                    "%s: '%s' in line %d may be a number with a unit: a category; write numbers"
                            + " without '%s'",
                    name, otherText, otherLine, unit);
        }
        if (others > 0 && others <= Math.max(1, MOST_OTHERS * values) && numbers > 0) {
            return Message.of(
                    "%s: %d of %d values are no numbers, the first is '%s' in line %d: a category;"
                            + " --numeric %s makes them missing",
                    name, others, values, otherText, otherLine, name);
        }
        return null;
    }
}
