package io.github.lanewise.examples;

import picocli.CommandLine.Option;

/** How large a transformer for texts is. */
final class TextSize {

    private static final int MOST_CONTEXT = 4096;
    private static final int MOST_LAYERS = 64;
    private static final int MOST_WIDTH = 4096;

    @Option(names = "--context", paramLabel = "N", description = "characters that the model sees")
    private int context = 64;

    @Option(names = "--layers", paramLabel = "N", description = "layers of the transformer")
    private int layers = 2;

    @Option(names = "--width", paramLabel = "N", description = "features of a character")
    private int width = 96;

    @Option(names = "--heads", paramLabel = "N", description = "heads of each attention")
    private int heads = 4;

    @Option(names = "--dropout", paramLabel = "P", description = "probability, for small texts")
    private float dropout;

    void check() {
        BadInput.require(
                context >= 2 && context <= MOST_CONTEXT,
                "--context",
                context,
                "from 2 to " + MOST_CONTEXT);
        BadInput.require(
                layers >= 1 && layers <= MOST_LAYERS, "--layers", layers, "1 to " + MOST_LAYERS);
        BadInput.require(width >= 2 && width <= MOST_WIDTH, "--width", width, "2 to " + MOST_WIDTH);
        boolean fits = heads >= 1 && width % heads == 0 && width / heads % 2 == 0;
        BadInput.require(
                fits, "--heads", heads, "a number that cuts --width " + width + " evenly, twice");
        BadInput.require(dropout >= 0 && dropout < 1, "--dropout", dropout, "from 0 to below 1");
    }

    int context() {
        return context;
    }

    int layers() {
        return layers;
    }

    int width() {
        return width;
    }

    int heads() {
        return heads;
    }

    float dropout() {
        return dropout;
    }
}
