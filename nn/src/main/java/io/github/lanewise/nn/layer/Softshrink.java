package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/** Moves everything towards 0: y = x - lambda above lambda, x + lambda below -lambda, else 0. */
public final class Softshrink extends Nonlinearity {

    /** Makes the layer with a lambda of 0.5. */
    public Softshrink() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param lambda how far values move
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public Softshrink(float lambda) {
        super(new Activation(Activation.Kind.SOFT_SHRINK, lambda));
        requireLambda("Softshrink", lambda);
    }

    static void requireLambda(String layer, float lambda) {
        if (!(lambda >= 0 && lambda < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: lambda is %s; it must be 0 or more, and finite".formatted(layer, lambda));
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("lambd", function().alpha());
    }

    @Override
    public String toString() {
        return "Softshrink(lambda=%s)".formatted(function().alpha());
    }
}
