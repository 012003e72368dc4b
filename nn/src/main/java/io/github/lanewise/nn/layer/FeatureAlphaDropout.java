package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * Drops whole channels as {@link AlphaDropout} drops values: while training all values of a channel
 * become, with probability p, the least that {@link SELU} takes, and all are scaled and shifted. A
 * channel is an element of the first dimension. For inference it does nothing. {@link RandomLayer}
 * says where its random numbers come from.
 */
public final class FeatureAlphaDropout extends DropoutLayer {

    /** Makes the layer that drops half of the channels. */
    public FeatureAlphaDropout() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public FeatureAlphaDropout(float p) {
        super(p);
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    int blocks(Shape input) {
        return input.dimension(0);
    }

    @Override
    Pass dropping(Shape input, Workspace workspace) {
        return new AlphaDropoutPass(this, input, workspace);
    }
}
