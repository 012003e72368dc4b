package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;

/** A transformer with tied embeddings to and from PyTorch: {@code tied_transformer.py}. */
class TiedTransformerTest {

    private static final Path FILES = Path.of("src/test/resources/io/github/lanewise/nn/model");
    private static final Path STATE_DICT = FILES.resolve("tied-transformer.pt");
    private static final int TOKENS = 11;
    private static final int STEPS = 6;
    private static final int BATCH = 3;

    @TempDir private Path folder;

    private Layer model;
    private float[] tokens;
    private float[] output;
    private float[] losses;

    private static Layer network() {
        Embedding embedding = new Embedding(TOKENS, 8);
        return new Sequential(
                embedding,
                new TransformerEncoder(
                                () ->
                                        new TransformerEncoderLayer(8, 2, 12)
                                                .dropout(0)
                                                .activation(new GELU())
                                                .normFirst()
                                                .causal(),
                                2)
                        .norm(new LayerNorm(8)),
                new TiedLinear(embedding));
    }

    private static String ours(String name) {
        return name.replaceFirst("^embedding\\.", "0.")
                .replaceFirst("^encoder\\.", "1.")
                .replaceFirst("^head\\.", "2.");
    }

    private static String torchs(String name) {
        return name.replaceFirst("^0\\.", "embedding.")
                .replaceFirst("^1\\.", "encoder.")
                .replaceFirst("^2\\.", "head.");
    }

    @BeforeEach
    void load() throws IOException {
        model = network();
        Weights.load(model, STATE_DICT, TiedTransformerTest::ours);
        try (TensorFile io = TensorFile.open(FILES.resolve("tied-transformer-io.safetensors"))) {
            tokens = io.readFloats("input");
            output = io.readFloats("output");
            losses = io.readFloats("losses");
        }
    }

    private static float[] outputs(Layer model, float[] tokens) {
        Matrix x = Matrix.of(tokens, BATCH, STEPS);
        return Matrices.values(model.bind(new Shape(STEPS), Workspace.inference(BATCH)).forward(x));
    }

    @Test
    void aStateDictGivesPyTorchsOutputs() {
        assertArrayEquals(output, outputs(model, tokens), 1e-5f);
    }

    @Test
    void trainingOnGivesPyTorchsLosses() {
        Matrix inputs = Matrix.zeros(BATCH, STEPS - 1);
        int[] labels = new int[inputs.size()];
        for (int i = 0; i < labels.length; i++) {
            int at = i / (STEPS - 1) * STEPS + i % (STEPS - 1);
            inputs.data()[i] = tokens[at];
            labels[i] = (int) tokens[at + 1];
        }
        TrainingStep step =
                new TrainingStep(
                        model,
                        new SoftmaxCrossEntropy(),
                        new SGD(0.05f).momentum(0.9f),
                        new Shape(STEPS - 1),
                        BATCH);
        for (float expected : losses) {
            float loss = step.run(inputs, new Targets.Labels(labels, STEPS - 1));
            assertEquals(expected, loss, 2e-6f * expected);
        }
    }

    @Test
    void whatIsWrittenHasPyTorchsNamesAndNumbers() throws IOException {
        Path written = folder.resolve("written.safetensors");
        Weights.saveForPyTorch(model, written, TiedTransformerTest::torchs);
        try (TensorFile from = TensorFile.open(STATE_DICT);
                TensorFile to = TensorFile.open(written)) {
            assertEquals(
                    new TreeSet<>(from.tensors().keySet()), new TreeSet<>(to.tensors().keySet()));
            for (String name : from.tensors().keySet()) {
                assertArrayEquals(from.readFloats(name), to.readFloats(name), name);
            }
        }
        Layer again = network();
        Weights.load(again, written, TiedTransformerTest::ours);
        assertArrayEquals(outputs(model, tokens), outputs(again, tokens));
    }

    @Test
    void aModelsFileKeepsTheTie() throws IOException {
        Path file = folder.resolve("model.safetensors");
        ModelFile.save(model, file);
        Layer loaded = ModelFile.load(file);
        assertArrayEquals(outputs(model, tokens), outputs(loaded, tokens));
        assertSame(
                loaded.children().get("0").parameters().get("weight"),
                loaded.children().get("2").parameters().get("weight"));
        assertEquals(model.parameters().keySet(), loaded.parameters().keySet());
    }
}
