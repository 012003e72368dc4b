package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The dropout that goes with {@link SELU}: while training each value becomes, with probability p,
 * the least that SELU takes, and all are scaled and shifted so that mean 0 and variance 1 stay
 * (Klambauer and others, "Self-normalizing neural networks", 2017). For inference it does nothing.
 *
 * <p>With c = 1.7580993408473766 and a = 1 / sqrt((c<sup>2</sup> p + 1) (1 - p)): y = a (x + c p),
 * or a c (p - 1) where dropped; 0 everywhere if p is 1. Backward: dx = a dy, or 0. {@link
 * RandomLayer} says where its random numbers come from.
 */
public final class AlphaDropout extends DropoutLayer {

    /** Makes the layer that drops half of the values. */
    public AlphaDropout() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public AlphaDropout(float p) {
        super(p);
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    int blocks(Shape input) {
        return input.features();
    }

    @Override
    Pass dropping(Shape input, Workspace workspace) {
        return new AlphaDropoutPass(this, input, workspace);
    }
}
