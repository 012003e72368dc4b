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

    private final Matrix value;
    private final float first;

    /**
     * Makes an array of {@code rows x cols} equal numbers.
     *
     * @param first what each element starts from
     * @throws IllegalArgumentException if a dimension is below 1
     */
    public State(int rows, int cols, float first) {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException(
                    "State: empty: %dx%d; each dimension must be 1 or more".formatted(rows, cols));
        }
        this.value = Matrix.zeros(rows, cols);
        this.first = first;
        reset();
    }

    /** Returns the values, always the same matrix: write into it to set them. */
    public Matrix value() {
        return value;
    }

    /** Sets every element to the number that it started from. */
    public void reset() {
        Arrays.fill(value.data(), first);
    }

    /** Returns the number of values. */
    public int size() {
        return value.size();
    }

    /** Returns the shape, for example {@code State(1x64)}. */
    @Override
    public String toString() {
        return "State(%s)".formatted(value.shape());
    }
}
