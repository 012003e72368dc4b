package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;

/** Row numbers that come as floats. */
public final class RowIndices {

    private RowIndices() {}

    /**
     * Reads the numbers of a batch, sample after sample.
     *
     * @param layer for the message
     * @param count of the rows that there are
     * @throws IllegalArgumentException if one is no whole number from 0 to count - 1
     */
    public static void read(Object layer, Matrix inputs, int count, int[] into) {
        int at = 0;
        for (int i = 0; i < inputs.rows(); i++) {
            int row = inputs.offset() + i * inputs.ld();
            for (int j = 0; j < inputs.cols(); j++) {
                float value = inputs.data()[row + j];
                int index = (int) value;
                // negated, so that NaN is refused
                if (!(index == value && index >= 0 && index < count)) {
                    throw new IllegalArgumentException(
                            ("forward: %s: index at position %s of sample %s is %s; it must be a"
                                            + " whole number from 0 to %s")
                                    .formatted(layer, j, i, value, count - 1));
                }
                into[at++] = index;
            }
        }
    }
}
