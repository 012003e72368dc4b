package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * Reads the features of a sample as another shape; the numbers stay where they are, in row-major
 * order.
 */
public final class Reshape implements Layer {

    private final Shape shape;

    /** Makes a layer to this shape. */
    public Reshape(Shape shape) {
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    /**
     * Makes a layer to a shape of these dimensions.
     *
     * @throws IllegalArgumentException if there is none, or one is below 1
     */
    public Reshape(int... dimensions) {
        this(new Shape(dimensions));
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.features() != shape.features()) {
            throw new IllegalArgumentException(
                    "%s: input is %s, which has %s features; it must have %s"
                            .formatted(this, input, input.features(), shape.features()));
        }
        return shape;
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return shape.dimension(0) == input.dimension(0)
                ? lengths
                : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return SamePass.INSTANCE;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("shape", shape.toList());
    }

    @Override
    public String toString() {
        return "Reshape(%s)".formatted(shape);
    }
}
