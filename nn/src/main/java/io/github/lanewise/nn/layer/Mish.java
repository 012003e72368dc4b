package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/** A smooth unit that falls before it rises: y = x tanh(ln(1 + e<sup>x</sup>)) (Misra, 2019). */
public final class Mish extends Nonlinearity {

    /** Makes the layer. */
    public Mish() {
        super(new Activation(Activation.Kind.MISH, 0));
    }
}
