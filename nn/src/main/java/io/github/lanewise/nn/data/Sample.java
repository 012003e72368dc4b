package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;

import java.util.Objects;

/**
 * One sample of a stream, with its target.
 *
 * @param inputs its features; read before the next is asked for
 * @param target of one sample
 */
public record Sample(float[] inputs, Targets target) {

    /** Checks that both are there. */
    public Sample {
        Objects.requireNonNull(inputs, "inputs");
        if (Objects.requireNonNull(target, "target").size() != 1) {
            throw new IllegalArgumentException(
                    "Sample: %s targets; there must be one".formatted(target.size()));
        }
    }

    /** Makes a sample with a class. */
    public Sample(float[] inputs, int label) {
        this(inputs, Targets.labels(label));
    }

    /** Makes a sample with a row of numbers to predict. */
    public Sample(float[] inputs, float[] targets) {
        this(inputs, Targets.values(new Matrix(targets, 0, 1, targets.length, targets.length)));
    }
}
