package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm2d;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Files of version 1 of the format, which every later version reads. They were written when it was
 * new, by {@link #main}, and are never written again.
 */
class FormatOneTest {

    private static final Path FILES = Path.of("src/test/resources/io/github/lanewise/nn/model");
    private static final String MODEL = "format-1.safetensors";
    private static final String LAYERS = "format-1-layers.json";
    private static final float TOLERANCE = 1e-5f;

    /** A network of all that a file can hold: states, a shared layer, a random stream. */
    private static Example example() {
        Linear shared = new Linear(8, 8);
        return new Example(
                new Sequential(
                        new Conv2d(1, 2, 3),
                        new BatchNorm2d(2),
                        new ReLU(),
                        new Flatten(),
                        new Linear(32, 8),
                        new Residual(shared, new Dropout(0.25f)),
                        shared),
                new Shape(1, 6, 6));
    }

    @Test
    void aModelIsRead() throws IOException {
        ModelFile read = ModelFile.open(FILES.resolve(MODEL));
        assertEquals(1, read.formatVersion());
        assertEquals("Lanewise", read.createdBy());
        assertEquals(List.of("a", "b"), read.labels());
        assertEquals(new Shape(1, 6, 6), read.inputShape());
        assertEquals(List.of("image"), read.inputNames());
        assertEquals(List.of("scores"), read.outputNames());
        Example example = example();
        assertEquals(example.model().toString(), read.model().toString());
        assertEquals(example.model().parameters().keySet(), read.model().parameters().keySet());
        Stochastic dropout = Stochastic.all(read.model()).get("5.1");
        assertEquals(18, dropout.seed());
        assertEquals(5, dropout.draws());
        float[] expected = read.metadata("outputs").orElseThrow().asFloats();
        assertArrayEquals(expected, outputs(read.model()), TOLERANCE);
    }

    private static float[] outputs(Layer model) {
        int[] bits = example().outputs(model);
        float[] outputs = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            outputs[i] = Float.intBitsToFloat(bits[i]);
        }
        return outputs;
    }

    @Test
    void everyLayerIsRead() throws IOException {
        List<Json> layers = Json.read(FILES.resolve(LAYERS)).elements();
        assertEquals(66, layers.size());
        for (Json layer : layers) {
            Layer made =
                    new ArchitectureReader(LayerTypes.standard()).read(layer.get("architecture"));
            assertEquals(layer.get("is").asString(), made.toString());
        }
    }

    /** Writes the files of a new version into a folder. */
    static void main(String[] folder) throws IOException {
        Example example = example();
        Layer model = example.model();
        model.initialize(18);
        example.train(model, 4);
        List<Float> outputs = new ArrayList<>();
        for (float output : outputs(model)) {
            outputs.add(output);
        }
        new ModelFile(model)
                .labels("a", "b")
                .inputShape(example.input())
                .inputNames("image")
                .outputNames("scores")
                .metadata("outputs", Json.of(outputs))
                .save(Path.of(folder[0], MODEL));
        List<Object> layers = new ArrayList<>();
        for (Example one : Example.all()) {
            Json architecture = ArchitectureWriter.write(one.model(), LayerTypes.standard());
            layers.add(Map.of("architecture", architecture, "is", one.model().toString()));
        }
        Json.of(layers).write(Path.of(folder[0], LAYERS));
    }
}
