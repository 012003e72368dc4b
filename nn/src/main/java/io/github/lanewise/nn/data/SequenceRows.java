package io.github.lanewise.nn.data;

import java.util.Objects;

/** Joins the steps of a sample. */
final class SequenceRows {

    private SequenceRows() {}

    /**
     * Copies steps one after another.
     *
     * @param sample its number, for messages
     * @param width numbers of a step
     */
    static void join(float[][] steps, int sample, int width, float[] into, int at) {
        for (int t = 0; t < steps.length; t++) {
            int step = t;
            float[] numbers =
                    Objects.requireNonNull(
                            steps[t], () -> "step %s of sample %s is null".formatted(step, sample));
            if (numbers.length != width || width == 0) {
                throw new IllegalArgumentException(
                        ("sequences: step %s of sample %s has %s numbers, the first of all has %s;"
                                        + " each must have as many, 1 or more")
                                .formatted(t, sample, numbers.length, width));
            }
            System.arraycopy(numbers, 0, into, at + t * width, width);
        }
    }
}
