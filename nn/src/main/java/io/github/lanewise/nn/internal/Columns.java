package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.List;

/**
 * Matrices side by side in one, each with the features of its shape. Splitting makes windows, which
 * share the array; it makes new ones only when it sees another matrix than the last time.
 */
public final class Columns {

    private final int[] widths;
    private final Matrix[] windows;
    private final int features;
    private Matrix whole;

    /**
     * Lays shapes side by side.
     *
     * @throws IllegalArgumentException if there are more features than a sample can hold
     */
    public Columns(List<Shape> shapes) {
        this.widths = shapes.stream().mapToInt(Shape::features).toArray();
        this.windows = new Matrix[widths.length];
        long sum = 0;
        for (int width : widths) {
            sum += width;
        }
        if (sum > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Shape: too many features: %s; a sample holds at most %s"
                            .formatted(sum, Integer.MAX_VALUE));
        }
        this.features = (int) sum;
    }

    /** Returns how many columns there are in all. */
    public int features() {
        return features;
    }

    /** Returns the window onto each part; the same array each time. */
    public Matrix[] split(Matrix matrix) {
        if (matrix != whole) {
            int at = matrix.offset();
            for (int i = 0; i < widths.length; i++) {
                windows[i] = new Matrix(matrix.data(), at, matrix.rows(), widths[i], matrix.ld());
                at += widths[i];
            }
            whole = matrix;
        }
        return windows;
    }

    /** Copies parts into their windows. */
    public void join(Kernels kernels, Matrix[] parts, Matrix into) {
        Matrix[] targets = split(into);
        for (int i = 0; i < targets.length; i++) {
            kernels.activate(Activation.IDENTITY, parts[i], targets[i]);
        }
    }
}
