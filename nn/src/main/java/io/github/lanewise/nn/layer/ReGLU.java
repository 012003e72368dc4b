package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The gated linear unit with {@link ReLU}: y = max(a, 0) b, of the halves a and b of the last
 * dimension.
 */
public final class ReGLU extends GatedUnit {

    /** Makes the layer. */
    public ReGLU() {
        super(Activation.RELU, true);
    }
}
