package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Layer;

/**
 * Whether the options of a layer may still be set: until it is used, that is, until somebody asks
 * for its parameters, its output shape or a pass.
 *
 * <p>So an option set too late, when passes or parameters of the old kind exist, is an error and
 * not a surprise.
 */
public final class Options {

    private volatile boolean used;

    /** Says that the layer is used. */
    public void close() {
        used = true;
    }

    /**
     * Checks that an option may be set.
     *
     * @throws IllegalStateException if the layer has been used
     */
    public void requireOpen(Layer layer, String option) {
        if (used) {
            throw new IllegalStateException(
                    "%s: %s comes too late, the layer is in use; set options where the layer is made"
                            .formatted(layer, option));
        }
    }
}
