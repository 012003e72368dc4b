package io.github.lanewise.engine;

import java.util.Locale;
import java.util.Objects;

/**
 * A row-major window onto a float array: element (i, j) is {@code data[offset + i * ld + j]}.
 *
 * <p>The elements between one row's end and the next row's start (when {@code ld > cols}) are
 * padding: no kernel reads or writes them. A matrix shares its array; it never copies.
 *
 * @param data the array that holds the elements
 * @param offset index in {@code data} of element (0, 0)
 * @param rows number of rows, 0 or more
 * @param cols number of columns, 0 or more
 * @param ld leading dimension, the distance in {@code data} between rows; at least {@code cols}
 */
public record Matrix(float[] data, int offset, int rows, int cols, int ld) {

    /**
     * Checks that the window lies inside the array.
     *
     * @throws NullPointerException if {@code data} is null
     * @throws IllegalArgumentException if a dimension is negative, {@code ld < cols}, or the window
     *     reaches outside {@code data}
     */
    public Matrix {
        Objects.requireNonNull(data, "data");
        if (offset < 0 || rows < 0 || cols < 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Matrix: negative size: offset %d, %dx%d; each must be 0 or more",
                            offset,
                            rows,
                            cols));
        }
        if (ld < cols) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Matrix: ld is %d for %dx%d; it must be at least cols (%d)",
                            ld,
                            rows,
                            cols,
                            cols));
        }
        long end = rows == 0 || cols == 0 ? offset : offset + (rows - 1L) * ld + cols;
        if (end > data.length) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Matrix: %dx%d with ld %d at offset %d ends at %d; the array holds %d",
                            rows,
                            cols,
                            ld,
                            offset,
                            end,
                            data.length));
        }
    }

    /** Makes a matrix of zeros with an array of its own. */
    public static Matrix zeros(int rows, int cols) {
        if (rows < 0 || cols < 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Matrix: negative size: %dx%d; each must be 0 or more",
                            rows,
                            cols));
        }
        long size = (long) rows * cols;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Matrix: %dx%d has %d elements; an array holds at most %d",
                            rows,
                            cols,
                            size,
                            Integer.MAX_VALUE - 8));
        }
        return new Matrix(new float[(int) size], 0, rows, cols, cols);
    }

    /** Views the first {@code rows * cols} elements of an array as a matrix without padding. */
    public static Matrix of(float[] data, int rows, int cols) {
        return new Matrix(data, 0, rows, cols, cols);
    }

    /** Views a whole array as one row. */
    public static Matrix row(float... data) {
        return new Matrix(data, 0, 1, data.length, data.length);
    }

    /** Copies equally long rows into a matrix of its own. */
    public static Matrix copyOf(float[][] rows) {
        Objects.requireNonNull(rows, "rows");
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                throw new NullPointerException(
                        String.format(Locale.ROOT, "Matrix: row %d of %d is null", i, rows.length));
            }
        }
        int cols = rows.length == 0 ? 0 : rows[0].length;
        Matrix copy = zeros(rows.length, cols);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != cols) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "Matrix: rows differ in length: row 0 has %d, row %d has %d",
                                cols,
                                i,
                                rows[i].length));
            }
            System.arraycopy(rows[i], 0, copy.data, i * cols, cols);
        }
        return copy;
    }

    /** Returns the number of elements, {@code rows * cols}. */
    public int size() {
        return rows * cols;
    }

    /** Returns element (i, j); meant for tests and messages, not for loops. */
    public float at(int i, int j) {
        Objects.checkIndex(i, rows);
        Objects.checkIndex(j, cols);
        return data[offset + i * ld + j];
    }

    /** Returns whether the elements lie side by side, without padding between rows. */
    public boolean isContiguous() {
        return ld == cols || rows <= 1;
    }

    /** Returns the window onto rows {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix rowRange(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return new Matrix(data, from == to ? offset : offset + from * ld, to - from, cols, ld);
    }

    /** Returns the shape as text, for example {@code 32x784}. */
    public String shape() {
        return rows + "x" + cols;
    }

    /** Returns the shape and where it lies; the elements may be millions. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Matrix[%s, offset %d, ld %d]", shape(), offset, ld);
    }
}
