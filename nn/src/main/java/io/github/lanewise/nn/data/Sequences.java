package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Sequences of unequal length, each in an array of its own.
 *
 * @param samples steps of numbers, one after another
 * @param lengths how many steps each has
 * @param width numbers of a step
 * @param isIndices whether a step is a number alone, and no row of one
 */
record Sequences(float[][] samples, int[] lengths, int width, boolean isIndices) {

    /** Whole numbers are exact up to here. */
    private static final int MOST = 1 << 24;

    static Sequences of(float[][][] sequences) {
        Objects.requireNonNull(sequences, "sequences");
        int[] lengths = new int[sequences.length];
        float[][] samples = new float[sequences.length][];
        int width = 0;
        for (int i = 0; i < samples.length; i++) {
            lengths[i] = requireSteps(i, sequences[i], lengthOf(sequences[i]));
            width = i == 0 && sequences[0][0] != null ? sequences[0][0].length : width;
            samples[i] = new float[Math.multiplyExact(lengths[i], width)];
            SequenceRows.join(sequences[i], i, width, samples[i], 0);
        }
        return new Sequences(samples, requireSome(lengths), width, false);
    }

    private static int lengthOf(float[][] sample) {
        return sample == null ? 0 : sample.length;
    }

    static Sequences of(List<float[]> sequences, int width) {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "sequences: steps of %s numbers; there must be 1 or more".formatted(width));
        }
        float[][] samples = sequences.toArray(float[][]::new);
        int[] lengths = new int[samples.length];
        for (int i = 0; i < samples.length; i++) {
            int numbers = samples[i] == null ? 0 : samples[i].length;
            lengths[i] = requireSteps(i, samples[i], numbers / width);
            if (numbers % width != 0) {
                throw new IllegalArgumentException(
                        "sequences: sample %s has %s numbers; they must be a multiple of %s, the numbers of a step"
                                .formatted(i, numbers, width));
            }
        }
        return new Sequences(samples, requireSome(lengths), width, false);
    }

    static Sequences of(int[][] sequences) {
        Objects.requireNonNull(sequences, "sequences");
        float[][] samples = new float[sequences.length][];
        int[] lengths = new int[sequences.length];
        for (int i = 0; i < samples.length; i++) {
            int[] sample = sequences[i];
            lengths[i] = requireSteps(i, sample, sample == null ? 0 : sample.length);
            samples[i] = new float[sample.length];
            for (int t = 0; t < sample.length; t++) {
                if (Math.abs((long) sample[t]) > MOST) {
                    throw new IllegalArgumentException(
                            "sequences: step %s of sample %s is %s; whole numbers are exact up to %s"
                                    .formatted(t, i, sample[t], MOST));
                }
                samples[i][t] = sample[t];
            }
        }
        return new Sequences(samples, requireSome(lengths), 1, true);
    }

    private static int requireSteps(int sample, Object steps, int length) {
        Objects.requireNonNull(steps, () -> "sequences[%s] is null".formatted(sample));
        if (length == 0) {
            throw new IllegalArgumentException(
                    "sequences: sample %s has length 0; it must have 1 step or more, leave it out"
                            .formatted(sample));
        }
        return length;
    }

    private static int[] requireSome(int[] lengths) {
        if (lengths.length == 0) {
            throw new IllegalArgumentException("sequences: no samples; give at least one");
        }
        return lengths;
    }

    int size() {
        return samples.length;
    }

    int longest() {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    Shape shape(int steps) {
        return isIndices ? new Shape(steps) : new Shape(steps, width);
    }

    /** Copies samples, with zeros behind their ends. */
    void gather(int[] rows, Matrix into) {
        for (int i = 0; i < into.rows(); i++) {
            float[] sample = samples[rows[i]];
            int at = into.offset() + i * into.ld();
            System.arraycopy(sample, 0, into.data(), at, sample.length);
            Arrays.fill(into.data(), at + sample.length, at + into.cols(), 0);
        }
    }
}
