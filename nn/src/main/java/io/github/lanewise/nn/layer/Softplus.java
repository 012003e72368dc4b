package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * A smooth rectifier: y = ln(1 + e<sup>beta x</sup>) / beta (Dugas and others, 2001). Where beta x
 * is above a threshold it is x.
 */
public final class Softplus extends Nonlinearity {

    private static final float THRESHOLD = 20;

    /** Makes the layer with a beta of 1 and a threshold of 20. */
    public Softplus() {
        this(1);
    }

    /**
     * Makes the layer with a threshold of 20.
     *
     * @param beta how sharp the bend is
     * @throws IllegalArgumentException if beta is not above 0
     */
    public Softplus(float beta) {
        this(beta, THRESHOLD);
    }

    /**
     * Makes the layer.
     *
     * @param beta how sharp the bend is
     * @param threshold of beta x, above which y is x
     * @throws IllegalArgumentException if beta is not above 0 or threshold is NaN
     */
    public Softplus(float beta, float threshold) {
        super(new Activation(Activation.Kind.SOFTPLUS, beta, threshold));
        if (!(beta > 0)) {
            throw new IllegalArgumentException(
                    "Softplus: beta is %s; it must be above 0".formatted(beta));
        }
        if (Float.isNaN(threshold)) {
            throw new IllegalArgumentException("Softplus: threshold is NaN; it must be a number");
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("beta", function().alpha(), "threshold", function().beta());
    }

    @Override
    public String toString() {
        float threshold = function().beta();
        return "Softplus(beta=%s%s)"
                .formatted(
                        function().alpha(),
                        threshold == THRESHOLD ? "" : ", threshold=" + threshold);
    }
}
