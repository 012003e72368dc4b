package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;

import java.util.Objects;

/**
 * The work of neighbouring activations that a {@link Fusible} layer takes over.
 *
 * @param before the activation that made the layer's inputs: backward then multiplies the input
 *     gradient by its derivative, computed from the inputs, and so returns the gradient before that
 *     activation
 * @param after the activation of the layer's outputs: forward applies it, and backward is given the
 *     gradient before it
 */
public record Fusion(Activation before, Activation after) {

    /** Leaves all activations to others. */
    public static final Fusion NONE = new Fusion(Activation.IDENTITY, Activation.IDENTITY);

    /** Checks that both are there. */
    public Fusion {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }
}
