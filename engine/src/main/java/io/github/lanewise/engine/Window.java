package io.github.lanewise.engine;

import java.util.Objects;

/**
 * A window that slides over an image.
 *
 * @param rows how it slides from top to bottom
 * @param cols how it slides from left to right
 */
public record Window(Axis rows, Axis cols) {

    /** Checks that both axes are there. */
    public Window {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(cols, "cols");
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
