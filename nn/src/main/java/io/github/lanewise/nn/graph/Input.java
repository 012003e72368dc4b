package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Shape;

/** Where samples enter a {@link Model}: a {@link Value} of a given shape. */
public final class Input extends Value {

    /** Makes an input of samples of this shape. */
    public Input(Shape shape) {
        super(shape);
    }

    /**
     * Makes an input of samples of these dimensions, for example 1, 28, 28.
     *
     * @throws IllegalArgumentException if there is none, or one is below 1
     */
    public Input(int... dimensions) {
        this(new Shape(dimensions));
    }

    /** Returns the shape, for example {@code Input(1x28x28)}. */
    @Override
    public String toString() {
        return "Input(%s)".formatted(shape());
    }
}
