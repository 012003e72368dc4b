package io.github.lanewise.tabular;

/**
 * Turns the cells of one column into features, by what the training rows told.
 *
 * <p>A feature is a number (scaled, clipped), a part of a short code (one-hot, or an indicator), or
 * the id of an embedded level; see {@link Features}.
 */
public sealed interface Encoder permits NumberEncoder, CategoryEncoder, DateEncoder {

    /** Returns the name of the column. */
    String column();

    /** Returns the median or the most frequent level, as text; null if there is none. */
    String usual();

    /** Returns how many features of each kind it makes. */
    Features.Counts featureCounts();

    /** Makes a writer of the features of one cell, whose first places are these. */
    CellWriter writer(Features.Counts start);

    /**
     * Writes the features of a cell into a row; thread-safe, and allocates nothing but for dates.
     */
    interface CellWriter {

        /** Writes those of a number; NaN is missing. */
        void write(double number, float[] row, int offset);

        /**
         * Writes those of a text; null is missing.
         *
         * @throws IllegalArgumentException if the column cannot hold such a text
         */
        void write(String text, float[] row, int offset);

        /** Makes a writer of the cells of a table's column, which must stay the same. */
        RowWriter of(Column column);
    }

    /** Writes the features of a row of a table. */
    @FunctionalInterface
    interface RowWriter {
        /** Writes them. */
        void write(int row, float[] features, int offset);
    }
}
