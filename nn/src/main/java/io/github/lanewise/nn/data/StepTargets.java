package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;
import java.util.Objects;

/** Joins targets of steps, of sequences of unequal length. */
final class StepTargets {

    private StepTargets() {}

    static Targets.Weighted of(int[][] rows) {
        int[] lengths = new int[requireSome(Objects.requireNonNull(rows, "rows").length)];
        Arrays.setAll(lengths, i -> requireSteps(i, rows[i], rows[i] == null ? 0 : rows[i].length));
        int steps = longest(lengths);
        int[] classes = new int[Math.multiplyExact(rows.length, steps)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, classes, i * steps, lengths[i]);
        }
        return new Targets.Weighted(new Targets.Labels(classes, steps), weights(lengths, steps));
    }

    static Targets.Weighted of(float[][][] rows) {
        int[] lengths = new int[requireSome(Objects.requireNonNull(rows, "rows").length)];
        Arrays.setAll(lengths, i -> requireSteps(i, rows[i], rows[i] == null ? 0 : rows[i].length));
        int steps = longest(lengths);
        int width = rows[0][0].length;
        Matrix values = Matrix.zeros(rows.length, Math.multiplyExact(steps, width));
        for (int i = 0; i < rows.length; i++) {
            SequenceRows.join(rows[i], i, width, values.data(), i * values.ld());
        }
        return new Targets.Weighted(Targets.values(values), weights(lengths, steps));
    }

    private static int requireSome(int samples) {
        if (samples == 0) {
            throw new IllegalArgumentException(
                    "Targets: no samples; give steps of at least one sample");
        }
        return samples;
    }

    private static int requireSteps(int sample, Object row, int steps) {
        Objects.requireNonNull(row, () -> "Targets: rows[%s] is null".formatted(sample));
        if (steps == 0) {
            throw new IllegalArgumentException(
                    "Targets: sample %s has no steps; each must have 1 or more".formatted(sample));
        }
        return steps;
    }

    private static int longest(int[] lengths) {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    /** Returns 1 for each step that is there, 0 for what fills up. */
    static float[] weights(int[] lengths, int steps) {
        float[] weights = new float[lengths.length * steps];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(weights, i * steps, i * steps + lengths[i], 1);
        }
        return weights;
    }
}
