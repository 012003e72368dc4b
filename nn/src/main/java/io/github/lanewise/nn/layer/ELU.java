package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * The exponential linear unit: y = x where x &gt; 0, else alpha (e<sup>x</sup> - 1) (Clevert,
 * Unterthiner and Hochreiter, 2016).
 */
public final class ELU extends Nonlinearity {

    /** Makes the layer with an alpha of 1. */
    public ELU() {
        this(1);
    }

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if alpha is below 0
     */
    public ELU(float alpha) {
        super(new Activation(Activation.Kind.ELU, alpha, 1));
        if (!(alpha >= 0)) {
            throw new IllegalArgumentException(
                    "ELU: alpha is %s; it must be 0 or more".formatted(alpha));
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("alpha", function().alpha());
    }

    @Override
    public String toString() {
        return "ELU(alpha=%s)".formatted(function().alpha());
    }
}
