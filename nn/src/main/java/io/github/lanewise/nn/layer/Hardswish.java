package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * A {@link SiLU} without exponentials: y = x min(max(x + 3, 0), 6) / 6 (Howard and others, 2019).
 * The derivative is 0 up to -3 and 1 from 3 on.
 */
public final class Hardswish extends Nonlinearity {

    /** Makes the layer. */
    public Hardswish() {
        super(new Activation(Activation.Kind.HARD_SWISH, 0));
    }
}
