package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

/** What the pooling layers check alike. */
final class Pooling {

    private Pooling() {}

    static void checkPadding(String name, Side... sides) {
        for (Side side : sides) {
            if (side.padding() > side.kernel() / 2) {
                throw new IllegalArgumentException(
                        "%s: padding is %s; it must be at most half the kernel (%s)"
                                .formatted(name, side.padding(), side.kernel()));
            }
        }
    }

    /**
     * Returns what two sides say, for a layer's {@code toString}; a stride of the kernel is usual.
     */
    static String text(Side rows, Side cols) {
        boolean usual = rows.stride() == rows.kernel() && cols.stride() == cols.kernel();
        return Side.text(rows.stride(1), cols.stride(1), 1)
                + (usual ? "" : ", stride %sx%s".formatted(rows.stride(), cols.stride()));
    }

    static Axis axis(Layer layer, Shape input, int dimension, Side side, boolean up) {
        int size = input.dimension(dimension);
        boolean roundedUp = up && side.holdsOneRoundedUp(size);
        if (!roundedUp) {
            side.requireFit(layer, input, size);
        }
        return Side.named(layer, input, () -> roundedUp ? side.roundedUp(size) : side.axis(size));
    }

    /** Returns the shape of the outputs of a pool of volumes. */
    static Shape shape(Layer layer, Shape input, VolumeSides sides, boolean up) {
        VolumeSides.require(layer, input);
        return new Shape(
                input.dimension(0),
                axis(layer, input, 1, sides.depth(), up).out(),
                axis(layer, input, 2, sides.rows(), up).out(),
                axis(layer, input, 3, sides.cols(), up).out());
    }
}
