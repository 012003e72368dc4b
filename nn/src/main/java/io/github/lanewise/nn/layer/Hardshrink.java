package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Sets what is small to 0: y = 0 where |x| is at most lambda, else x. */
public final class Hardshrink extends Nonlinearity {

    /** Makes the layer with a lambda of 0.5. */
    public Hardshrink() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param lambda the largest size that becomes 0
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public Hardshrink(float lambda) {
        super(new Activation(Activation.Kind.HARD_SHRINK, lambda));
        Softshrink.requireLambda("Hardshrink", lambda);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("lambd", function().alpha());
        return all;
    }

    @Override
    public String toString() {
        return "Hardshrink(lambda=%s)".formatted(function().alpha());
    }
}
