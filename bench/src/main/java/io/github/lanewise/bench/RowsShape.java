package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A matrix's size, written like {@code 64x256}: rows x cols. */
public record RowsShape(int rows, int cols) {

    private static final Pattern TEXT = Pattern.compile("(\\d+)x(\\d+)");

    /** Reads a shape from its text. */
    public static RowsShape parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shape: is '%s'; it must be rows x cols, for example 64x256".formatted(text));
        }
        return new RowsShape(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Returns the bytes of one such matrix. */
    public double bytes() {
        return (double) Float.BYTES * rows * cols;
    }

    Matrix zeros() {
        return Matrix.zeros(rows, cols);
    }

    Matrix random(RandomMatrix random) {
        return random.next(rows, cols);
    }
}
