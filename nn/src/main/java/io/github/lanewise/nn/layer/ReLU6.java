package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The rectified linear unit with a ceiling: y = min(max(x, 0), 6) (Krizhevsky, 2010). The
 * derivative at 0 and at 6 is 0.
 */
public final class ReLU6 extends Nonlinearity {

    /** Makes the layer. */
    public ReLU6() {
        super(new Activation(Activation.Kind.HARD_TANH, 0, 6));
    }
}
