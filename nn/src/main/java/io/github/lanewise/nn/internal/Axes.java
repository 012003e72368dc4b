package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Shape;

/**
 * One axis of a sample among the others: features are outer x size x inner, the last running
 * fastest.
 *
 * @param outer product of the dimensions before the axis
 * @param size its dimension
 * @param inner product of the dimensions after it
 */
public record Axes(int outer, int size, int inner) {

    /**
     * Looks at an axis.
     *
     * @param layer for the message
     * @throws IllegalArgumentException if the shape has no such axis
     */
    public static Axes of(Object layer, Shape shape, int axis) {
        if (axis < 0 || axis >= shape.rank()) {
            throw new IllegalArgumentException(
                    "%s: input is %s, which has no axis %s; the first after the batch is axis 0"
                            .formatted(layer, shape, axis));
        }
        int outer = 1;
        for (int i = 0; i < axis; i++) {
            outer *= shape.dimension(i);
        }
        int size = shape.dimension(axis);
        return new Axes(outer, size, shape.features() / outer / size);
    }

    /** Returns a shape with another dimension along an axis. */
    public static Shape resized(Shape shape, int axis, int size) {
        int[] dimensions = shape.dimensions();
        dimensions[axis] = size;
        return new Shape(dimensions);
    }

    /** Returns a shape without an axis; 1 if it was the only one. */
    public static Shape without(Shape shape, int axis) {
        if (shape.rank() == 1) {
            return new Shape(1);
        }
        int[] dimensions = new int[shape.rank() - 1];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = shape.dimension(i < axis ? i : i + 1);
        }
        return new Shape(dimensions);
    }

    /** Returns a shape with one more axis, of dimension 1, before another or at the end. */
    public static Shape with(Shape shape, int axis) {
        int[] dimensions = new int[shape.rank() + 1];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = i == axis ? 1 : shape.dimension(i < axis ? i : i - 1);
        }
        return new Shape(dimensions);
    }
}
