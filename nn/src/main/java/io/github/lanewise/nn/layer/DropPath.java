package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

import java.util.Objects;

/**
 * Drops whole samples, as a rule at the end of a residual branch (Huang and others, "Deep networks
 * with stochastic depth", 2016), each with probability p while training, and multiplies the others
 * by 1 / (1 - p); for inference it does nothing. {@link RandomLayer} says where its random numbers
 * come from.
 */
public final class DropPath extends BlockDropout {

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public DropPath(float p) {
        super(p);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    int blocks(Shape input) {
        return 1;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }
}
