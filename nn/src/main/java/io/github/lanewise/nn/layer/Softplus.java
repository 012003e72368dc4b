package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A smooth rectifier: y = ln(1 + e<sup>beta x</sup>) / beta (Dugas and others, 2001). Where beta x
 * is above 20, PyTorch's threshold, it is x.
 */
public final class Softplus extends Nonlinearity {

    /** Makes the layer with a beta of 1. */
    public Softplus() {
        this(1);
    }

    /**
     * Makes the layer.
     *
     * @param beta how sharp the bend is
     * @throws IllegalArgumentException if beta is not above 0
     */
    public Softplus(float beta) {
        super(new Activation(Activation.Kind.SOFTPLUS, beta));
        if (!(beta > 0)) {
            throw new IllegalArgumentException(
                    "Softplus: beta is %s; it must be above 0".formatted(beta));
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("beta", function().alpha());
        return all;
    }

    @Override
    public String toString() {
        return "Softplus(beta=%s)".formatted(function().alpha());
    }
}
