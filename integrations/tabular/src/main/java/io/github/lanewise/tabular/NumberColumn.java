package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A column of numbers, in double precision, in as few bytes as they need. */
public final class NumberColumn implements Column {

    private final String name;
    private final NumberChunk[] chunks;
    private final int rows;

    private NumberColumn(String name, List<NumberChunk> chunks, int rows) {
        this.name = name;
        this.chunks = chunks.toArray(NumberChunk[]::new);
        this.rows = rows;
    }

    /** Makes a column of these numbers; NaN is missing. */
    public static NumberColumn of(String name, double... numbers) {
        Builder builder = new Builder(name);
        for (double number : numbers) {
            builder.add(number);
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

    @Override
    public double number(int row) {
        Objects.checkIndex(row, rows);
        return chunks[row / NumberChunk.SIZE].at(row % NumberChunk.SIZE);
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(number(row));
    }

    @Override
    public String text(int row) {
        double number = number(row);
        return Double.isNaN(number) ? null : Numbers.text(number);
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (NumberChunk chunk : chunks) {
            bytes += chunk.bytes();
        }
        return bytes;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "NumberColumn(%s, %d rows)", name, rows);
    }

    /** Takes one number after another. */
    static final class Builder {
        private final String name;
        private final List<NumberChunk> chunks = new ArrayList<>();
        private double[] open = new double[256];
        private int length;

        Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds a number; NaN is missing. */
        void add(double number) {
            if (length == NumberChunk.SIZE) {
                chunks.add(NumberChunk.of(open, length));
                length = 0;
            } else if (length == open.length) {
                open = Arrays.copyOf(open, 2 * length);
            }
            open[length++] = number;
        }

        /** Ends the column. */
        NumberColumn build() {
            int rows = chunks.size() * NumberChunk.SIZE + length;
            if (length > 0) {
                chunks.add(NumberChunk.of(open, length));
            }
            open = null;
            return new NumberColumn(name, chunks, rows);
        }
    }
}
