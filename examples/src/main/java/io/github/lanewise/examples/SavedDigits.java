package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.serve.ModelLoader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A network that reads digits, with what pixels it was trained on: it takes (pixel - mean) /
 * deviation.
 *
 * @param layers the network
 * @param input shape of a sample
 * @param mean of the pixels
 * @param deviation of the pixels
 */
record SavedDigits(Layer layers, Shape input, double mean, double deviation) {

    static final String FILE = "model.safetensors";

    /** Writes it into a file, ready to be loaded again or served. */
    void save(Path file) throws IOException {
        int classes = layers.outputShape(input).features();
        new ModelFile(layers)
                .inputShape(input)
                .labels(IntStream.range(0, classes).mapToObj(Integer::toString).toList())
                .metadata(ModelLoader.SCALE, Json.of((float) (1 / deviation)))
                .metadata(ModelLoader.SHIFT, Json.of((float) (-mean / deviation)))
                .save(file);
    }

    /**
     * Reads one.
     *
     * @throws BadInput if it is no network for digits that was saved here
     */
    static SavedDigits load(Path path) throws IOException {
        ModelFile file = ModelFile.open(path);
        if (file.metadata(ModelLoader.SCALE).isEmpty()
                || file.metadata(ModelLoader.SHIFT).isEmpty()
                || file.inputShape() == null) {
            throw new BadInput(
                    text(
                            "--load: %s does not say how it takes pixels; give a file that"
                                    + " examples/run mnist wrote",
                            path));
        }
        double deviation = 1 / file.metadata(ModelLoader.SCALE).get().asDouble();
        double shift = file.metadata(ModelLoader.SHIFT).get().asDouble();
        return new SavedDigits(file.model(), file.inputShape(), -shift * deviation, deviation);
    }

    /** Returns the network, if it takes such images and knows as many classes. */
    Layer model(DigitSet images) {
        int pixels = images.rows() * images.cols();
        int classes = layers.outputShape(input).features();
        if (input.features() != pixels || classes < images.classes()) {
            throw new BadInput(
                    text(
                            "--load: the model takes %d pixels and knows %d classes; the images"
                                    + " have %d and %d",
                            input.features(), classes, pixels, images.classes()));
        }
        return layers;
    }
}
