package io.github.lanewise.engine;

import java.util.Locale;
import java.util.Objects;

/**
 * A window that slides over an image.
 *
 * @param rows how it slides from top to bottom
 * @param cols how it slides from left to right
 */
public record Window(Axis rows, Axis cols) {

    /** Checks that both axes are there, and that an array can hold what they reach over. */
    public Window {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(cols, "cols");
        long padded = (long) padded(rows) * padded(cols);
        long taps = (long) rows.kernel() * cols.kernel();
        if (Math.max(padded, taps) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Window: %d x %d elements, padding included, and %d x %d taps;"
                                    + " an array holds at most %d",
                            padded(rows),
                            padded(cols),
                            rows.kernel(),
                            cols.kernel(),
                            Integer.MAX_VALUE));
        }
    }

    /** Returns the elements of a side that is padded, and a multiple of the stride. */
    private static int padded(Axis axis) {
        int extent = Math.ceilDiv(axis.extent(), axis.stride()) * axis.stride();
        return Math.max(axis.size(), extent);
    }

    /** Returns the elements of one channel, padding included, rows a multiple of the stride. */
    long padded() {
        return (long) padded(rows) * padded(cols);
    }

    /** Returns the elements of one channel of the image. */
    public int inputs() {
        return rows.size() * cols.size();
    }

    /** Returns the elements of one channel of the output. */
    public int outputs() {
        return rows.out() * cols.out();
    }

    /** Returns the taps of the window. */
    public int taps() {
        return rows.kernel() * cols.kernel();
    }
}
