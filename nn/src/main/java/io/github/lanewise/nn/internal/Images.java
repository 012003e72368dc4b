package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

/** What layers on images say of inputs that they cannot take. */
public final class Images {

    private Images() {}

    /** Checks that the input has these dimensions: channels, then what the words say. */
    public static Shape require(Layer layer, Shape input, int rank, String words) {
        if (input.rank() != rank) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer takes %s; give the input that shape"
                            .formatted(layer, input, words));
        }
        return input;
    }

    public static Shape require(Layer layer, Shape input) {
        return require(layer, input, 3, "images: channels x height x width");
    }

    /** Returns a dimension of the input times a factor. */
    public static int enlarged(Layer layer, Shape input, int axis, int factor) {
        long size = (long) input.dimension(axis) * factor;
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s: input is %s; a side would have %s elements; take a smaller factor"
                            .formatted(layer, input, size));
        }
        return (int) size;
    }

    public static void requireChannels(Layer layer, Shape input, int channels) {
        if (input.dimension(0) != channels) {
            throw new IllegalArgumentException(
                    "%s: input has %s channels, the layer takes %s"
                            .formatted(layer, input.dimension(0), channels));
        }
    }
}
