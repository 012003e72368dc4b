package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * An array that is saved with a model but not trained, such as running statistics. What it is
 * called depends on the model that it is in: see {@link Layer#states()}.
 *
 * <p>A training pass may write it, in its forward call; passes for inference only read it.
 */
public final class State {

    private final int rows;
    private final int cols;
    private final float first;
    private volatile Matrix value;

    /**
     * Describes an array of {@code rows x cols} equal numbers; nothing is allocated until it is
     * used.
     *
     * @param first what each element starts from
     * @throws IllegalArgumentException if a dimension is below 1
     */
    public State(int rows, int cols, float first) {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException(
                    "State: empty: %sx%s; each dimension must be 1 or more".formatted(rows, cols));
        }
        this.rows = rows;
        this.cols = cols;
        this.first = first;
    }

    /** Returns the values, always the same matrix: write into it to set them. */
    public Matrix value() {
        return value != null ? value : firstValue();
    }

    private synchronized Matrix firstValue() {
        if (value == null) {
            Matrix made = Matrix.zeros(rows, cols);
            Arrays.fill(made.data(), first);
            value = made;
        }
        return value;
    }

    /** Sets every element to the number that it started from. */
    public synchronized void reset() {
        if (value != null) {
            Arrays.fill(value.data(), first);
        }
    }

    /** Returns the shape that the values have in files: a single row has one dimension. */
    public Shape savedShape() {
        return Param.savedShape(rows, cols);
    }

    /** Returns the number of values. */
    public int size() {
        return rows * cols;
    }

    /** Returns the shape, for example {@code State(1x64)}. */
    @Override
    public String toString() {
        return "State(%sx%s)".formatted(rows, cols);
    }
}
