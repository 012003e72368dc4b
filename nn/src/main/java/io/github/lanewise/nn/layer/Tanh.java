package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The hyperbolic tangent: y = (e<sup>x</sup> - e<sup>-x</sup>) / (e<sup>x</sup> + e<sup>-x</sup>).
 */
public final class Tanh extends Nonlinearity {

    /** Makes the layer. */
    public Tanh() {
        super(Activation.TANH);
    }
}
