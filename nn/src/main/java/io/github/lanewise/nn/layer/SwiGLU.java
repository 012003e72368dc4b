package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The gated linear unit with {@link SiLU}: y = a b / (1 + e<sup>-a</sup>), of the halves a and b of
 * the last dimension.
 */
public final class SwiGLU extends GatedUnit {

    /** Makes the layer. */
    public SwiGLU() {
        super(new Activation(Activation.Kind.SILU, 0), true);
    }
}
