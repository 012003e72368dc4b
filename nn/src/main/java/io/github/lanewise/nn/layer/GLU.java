package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;

/**
 * The gated linear unit: y = a s(b), s(b) = 1 / (1 + e<sup>-b</sup>), of the halves a and b of the
 * inputs, as in PyTorch.
 */
public final class GLU extends GatedUnit {

    /** Makes the layer for halves of the last dimension. */
    public GLU() {
        super(Activation.SIGMOID, false);
    }

    /**
     * Makes the layer for halves along an axis, axis 0 being the first after the batch.
     *
     * @throws IllegalArgumentException if the axis is below 0
     */
    public GLU(int axis) {
        super(Activation.SIGMOID, false, axis);
        if (axis < 0) {
            throw new IllegalArgumentException(
                    "GLU: axis is %s; it must be 0 or more".formatted(axis));
        }
    }
}
