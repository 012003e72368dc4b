package io.github.lanewise.nn;

/** What layers on images say of inputs that they cannot take. */
final class Images {

    private Images() {}

    /** Checks that the input has these dimensions: channels, then what the words say. */
    static Shape require(Layer layer, Shape input, int rank, String words) {
        if (input.rank() != rank) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer takes %s; give the input that shape"
                            .formatted(layer, input, words));
        }
        return input;
    }

    static Shape require(Layer layer, Shape input) {
        return require(layer, input, 3, "images: channels x height x width");
    }

    static void requireChannels(Layer layer, Shape input, int channels) {
        if (input.dimension(0) != channels) {
            throw new IllegalArgumentException(
                    "%s: input has %d channels, the layer takes %d"
                            .formatted(layer, input.dimension(0), channels));
        }
    }

    static void requireFit(Layer layer, Shape input, Side side, int size) {
        if (!side.fits(size)) {
            throw new IllegalArgumentException(
                    "%s: input is %s, smaller than the kernel; pad it, or take a smaller kernel"
                            .formatted(layer, input));
        }
    }
}
