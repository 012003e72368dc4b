package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The gated linear unit with {@link GELU}: y = gelu(a) b, of the halves a and b of the last
 * dimension.
 */
public final class GEGLU extends GatedUnit {

    /** Makes the layer. */
    public GEGLU() {
        super(new Activation(Activation.Kind.GELU, 0), true);
    }
}
