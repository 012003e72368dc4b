package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The sigmoid linear unit, also called Swish: y = x / (1 + e<sup>-x</sup>) (Elfwing, Uchibe and
 * Doya, 2018).
 */
public final class SiLU extends Nonlinearity {

    /** Makes the layer. */
    public SiLU() {
        super(new Activation(Activation.Kind.SILU, 0));
    }
}
