package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/** Replaces what is at most a threshold: y = x above it, else a fixed value. */
public final class Threshold extends Nonlinearity {

    /**
     * Makes the layer.
     *
     * @param threshold the largest number that is replaced
     * @param value by what
     * @throws IllegalArgumentException if a number is NaN
     */
    public Threshold(float threshold, float value) {
        super(new Activation(Activation.Kind.THRESHOLD, threshold, value));
        if (Float.isNaN(threshold) || Float.isNaN(value)) {
            throw new IllegalArgumentException(
                    "Threshold: threshold is %s, value %s; both must be numbers"
                            .formatted(threshold, value));
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("threshold", function().alpha(), "value", function().beta());
    }

    @Override
    public String toString() {
        return "Threshold(threshold=%s, value=%s)".formatted(function().alpha(), function().beta());
    }
}
