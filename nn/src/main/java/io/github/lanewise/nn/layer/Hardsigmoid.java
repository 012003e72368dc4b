package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/** A sigmoid of three lines: y = min(max(x + 3, 0), 6) / 6. */
public final class Hardsigmoid extends Nonlinearity {

    /** Makes the layer. */
    public Hardsigmoid() {
        super(new Activation(Activation.Kind.HARD_SIGMOID, 0));
    }
}
