package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/** A sigmoid from -1 to 1 without exponentials: y = x / (1 + |x|) (Bergstra and others, 2009). */
public final class Softsign extends Nonlinearity {

    /** Makes the layer. */
    public Softsign() {
        super(new Activation(Activation.Kind.SOFTSIGN, 0));
    }
}
