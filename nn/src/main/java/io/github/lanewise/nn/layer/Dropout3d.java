package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

/**
 * Drops whole channels of volumes of channels x depth x height x width, each with probability p
 * while training, and multiplies the others by 1 / (1 - p); for inference it does nothing. {@link
 * RandomLayer} says where its random numbers come from.
 */
public final class Dropout3d extends BlockDropout {

    /** Makes the layer that drops half of the channels. */
    public Dropout3d() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public Dropout3d(float p) {
        super(p);
    }

    @Override
    int blocks(Shape input) {
        return input.dimension(0);
    }

    @Override
    public Shape outputShape(Shape input) {
        return Images.require(this, input, 4, "volumes: channels x depth x height x width");
    }
}
