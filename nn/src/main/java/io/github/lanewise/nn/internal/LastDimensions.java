package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

/** Checks and changes of the last dimensions of a shape, those that run fastest in memory. */
public final class LastDimensions {

    private LastDimensions() {}

    /** Checks that an input ends with these dimensions, and returns it. */
    public static Shape require(Layer layer, Shape input, Shape last) {
        int outer = input.rank() - last.rank();
        boolean fits = outer >= 0;
        for (int axis = 0; fits && axis < last.rank(); axis++) {
            fits = input.dimension(outer + axis) == last.dimension(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: input is %s; its last dimensions must be %s"
                            .formatted(layer, input, last));
        }
        return input;
    }

    /** Checks that an input is a sequence of vectors of so many features, and returns it. */
    public static Shape requireSequence(Layer layer, Shape input, int features) {
        if (input.rank() != 2) {
            throw new IllegalArgumentException(
                    "%s: input is %s; it must be a sequence, steps x %s"
                            .formatted(layer, input, features));
        }
        if (input.dimension(1) != features) {
            throw new IllegalArgumentException(
                    "%s: input is %s, with %s features a step; the layer takes %s"
                            .formatted(layer, input, input.dimension(1), features));
        }
        return input;
    }
}
