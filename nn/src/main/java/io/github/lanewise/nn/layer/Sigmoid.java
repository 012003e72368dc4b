package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The logistic function: y = 1 / (1 + e<sup>-x</sup>). Before {@code BCEWithLogitsLoss} leave it
 * out.
 */
public final class Sigmoid extends Nonlinearity {

    /** Makes the layer. */
    public Sigmoid() {
        super(Activation.SIGMOID);
    }
}
