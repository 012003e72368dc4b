package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A column of texts: each different text is kept once, each cell is its number. */
public final class TextColumn implements Column {

    private final String name;
    private final List<String> levels;
    private final int[] codes;
    private final byte[] shortCodes;
    private final int rows;
    private final char decimal;
    private double[] numbers;

    private TextColumn(
            String name, List<String> levels, int[] codes, byte[] small, int rows, char decimal) {
        this.name = name;
        this.levels = List.copyOf(levels);
        this.codes = codes;
        this.shortCodes = small;
        this.rows = rows;
        this.decimal = decimal;
    }

    /** Makes a column of these texts; null is missing. */
    public static TextColumn of(String name, String... texts) {
        return of(name, '.', texts);
    }

    static TextColumn of(String name, char decimal, String... texts) {
        Builder builder = new Builder(name, texts.length, false, decimal);
        for (String text : texts) {
            builder.add(text);
        }
        return builder.build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return rows;
    }

    /** Returns the different texts, in the order of their first rows. */
    public List<String> levels() {
        return levels;
    }

    /** Returns the number of a row's text in {@link #levels()}; -1 if it is missing. */
    public int code(int row) {
        return shortCodes != null ? (shortCodes[row] & 0xFF) - 1 : codes[row] - 1;
    }

    @Override
    public boolean isMissing(int row) {
        return code(row) < 0;
    }

    @Override
    public String text(int row) {
        int code = code(row);
        return code < 0 ? null : levels.get(code);
    }

    @Override
    public double number(int row) {
        int code = code(row);
        return code < 0 ? Double.NaN : numbers()[code];
    }

    /** Returns the decimal mark of its numbers. */
    char decimal() {
        return decimal;
    }

    /** Returns the number of each level; NaN if it is none. */
    synchronized double[] numbers() {
        if (numbers == null) {
            numbers = levels.stream().mapToDouble(t -> Numbers.parse(t, decimal)).toArray();
        }
        return numbers;
    }

    /** Returns whether all levels are numbers, none of which begins with a needless zero. */
    boolean holdsNumbers() {
        double[] all = numbers();
        for (int i = 0; i < all.length; i++) {
            char[] chars = levels.get(i).toCharArray();
            if (Double.isNaN(all[i]) || Numbers.leadingZero(chars, 0, chars.length)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it holds numbers, and is none of numbers for the digits of some of them. */
    boolean holdsLongNumbers() {
        return holdsNumbers()
                && levels.stream().anyMatch(t -> Numbers.isLong(t.toCharArray(), 0, t.length()));
    }

    @Override
    public long bytes() {
        long bytes = shortCodes != null ? shortCodes.length : 4L * codes.length;
        for (String level : levels) {
            bytes += Builder.LEVEL_BYTES + level.length();
        }
        return bytes;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "TextColumn(%s, %d rows, %d levels)", name, rows, levels.size());
    }

    /** Takes one text after another. */
    static final class Builder {

        /** What a level takes beside its characters: string, array, entry of the map. */
        static final int LEVEL_BYTES = 100;

        /** Up to so many levels are numbered in a byte. */
        static final int MOST_IN_A_BYTE = 255;

        private static final int FIRST_ROWS = 256;

        private final String name;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> levels = new ArrayList<>();
        private final char decimal;
        private byte[] small;
        private int[] codes;
        private int rows;

        Builder(String name) {
            this(name, FIRST_ROWS, false, '.');
        }

        /**
         * Makes a builder for about so many rows.
         *
         * @param wide whether there will be more levels than a byte can number
         */
        Builder(String name, int capacity, boolean wide, char decimal) {
            this.name = Objects.requireNonNull(name, "name");
            this.decimal = decimal;
            this.small = wide ? null : new byte[Math.max(2, capacity)];
            this.codes = wide ? new int[Math.max(2, capacity)] : null;
        }

        /** Adds a text; null is missing. */
        void add(String text) {
            int code = 0;
            if (text != null) {
                Integer known = numbers.get(text);
                if (known == null) {
                    levels.add(text);
                    known = levels.size();
                    numbers.put(text, known);
                }
                code = known;
            }
            if (codes == null && code > MOST_IN_A_BYTE) {
                widen();
            }
            if (codes == null) {
                small = rows == small.length ? Arrays.copyOf(small, longer(rows)) : small;
                small[rows++] = (byte) code;
            } else {
                codes = rows == codes.length ? Arrays.copyOf(codes, longer(rows)) : codes;
                codes[rows++] = code;
            }
        }

        private static int longer(int length) {
            return length + (length >> 1);
        }

        private void widen() {
            codes = new int[longer(Math.max(rows, 2))];
            for (int i = 0; i < rows; i++) {
                codes[i] = small[i] & 0xFF;
            }
            small = null;
        }

        /** Ends the column. */
        TextColumn build() {
            boolean exact = rows == (codes == null ? small.length : codes.length);
            int[] ints = codes == null || exact ? codes : Arrays.copyOf(codes, rows);
            byte[] bytes = codes != null || exact ? small : Arrays.copyOf(small, rows);
            return new TextColumn(name, levels, ints, bytes, rows, decimal);
        }
    }
}
