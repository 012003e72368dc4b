package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/** Clips: y = x, but at least min and at most max. The derivative at both bounds is 0. */
public final class Hardtanh extends Nonlinearity {

    /** Makes the layer that clips to [-1, 1]. */
    public Hardtanh() {
        this(-1, 1);
    }

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if min is not below max
     */
    public Hardtanh(float min, float max) {
        super(new Activation(Activation.Kind.HARD_TANH, min, max));
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    "Hardtanh: min is %s, max is %s; min must be below max".formatted(min, max));
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("minVal", function().alpha(), "maxVal", function().beta());
    }

    @Override
    public String toString() {
        return "Hardtanh(min=%s, max=%s)".formatted(function().alpha(), function().beta());
    }
}
