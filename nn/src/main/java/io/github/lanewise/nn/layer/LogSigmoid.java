package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/** The logarithm of the logistic function: y = -ln(1 + e<sup>-x</sup>). */
public final class LogSigmoid extends Nonlinearity {

    /** Makes the layer. */
    public LogSigmoid() {
        super(new Activation(Activation.Kind.SOFTPLUS, -1));
    }
}
