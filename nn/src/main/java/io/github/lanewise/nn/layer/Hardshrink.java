package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

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
        return Named.of("lambd", function().alpha());
    }

    @Override
    public String toString() {
        return "Hardshrink(lambda=%s)".formatted(function().alpha());
    }
}
