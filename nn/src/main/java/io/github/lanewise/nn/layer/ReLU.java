package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The rectified linear unit: y = max(x, 0), with derivative 0 at 0 (Nair and Hinton, 2010). NaN
 * stays NaN.
 */
public final class ReLU extends Nonlinearity {

    /** Makes the layer. */
    public ReLU() {
        super(Activation.RELU);
    }
}
