package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * A rectifier that leaks: y = x where x &gt; 0, else negativeSlope x (Maas, Hannun and Ng, 2013).
 * The derivative at 0 is negativeSlope.
 */
public final class LeakyReLU extends Nonlinearity {

    private static final float NEGATIVE_SLOPE = 0.01f;

    /** Makes the layer with a negative slope of 0.01. */
    public LeakyReLU() {
        this(NEGATIVE_SLOPE);
    }

    /** Makes the layer. */
    public LeakyReLU(float negativeSlope) {
        super(new Activation(Activation.Kind.LEAKY_RELU, negativeSlope));
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("negativeSlope", function().alpha());
    }

    @Override
    public String toString() {
        return "LeakyReLU(negativeSlope=%s)".formatted(function().alpha());
    }
}
