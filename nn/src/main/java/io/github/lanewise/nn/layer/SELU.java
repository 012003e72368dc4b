package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The scaled exponential linear unit: y = scale x where x &gt; 0, else scale alpha (e<sup>x</sup> -
 * 1), with the constants that keep mean 0 and variance 1 from layer to layer (Klambauer and others,
 * 2017).
 */
public final class SELU extends Nonlinearity {

    private static final float ALPHA = 1.6732632423543772f;
    private static final float SCALE = 1.0507009873554805f;

    /** Makes the layer. */
    public SELU() {
        super(new Activation(Activation.Kind.ELU, ALPHA, SCALE));
    }
}
