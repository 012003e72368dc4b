package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Scale;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What is in a model's file, beside the layers that {@link EveryLayerTest} goes through. */
class ModelFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void everythingThatIsSetComesBack() throws IOException {
        Json tabular = Json.of(Map.of("columns", List.of("age", "city"), "mean", 0.1f));
        new ModelFile(new Conv2d(3, 2, 3))
                .labels("cat", "dog\n\"\u00e9")
                .inputShape(new Shape(3, 32, 16))
                .inputNames("image")
                .outputNames("scores")
                .metadata("tabular", tabular)
                .save(file);
        ModelFile read = ModelFile.open(file);
        assertEquals(List.of("cat", "dog\n\"\u00e9"), read.labels());
        assertEquals(new Shape(3, 32, 16), read.inputShape());
        assertEquals(List.of("image"), read.inputNames());
        assertEquals(List.of("scores"), read.outputNames());
        assertEquals(Optional.of(tabular), read.metadata("tabular"));
        assertEquals(Map.of("tabular", tabular), read.metadata());
        assertEquals(1, read.formatVersion());
        assertTrue(read.createdBy().startsWith("Lanewise"), read.createdBy());
        assertEquals(DType.F32, read.weights());
    }

    @Test
    void nothingThatWasNotSetComesBack() throws IOException {
        ModelFile.save(new Conv2d(3, 2, 3), file);
        ModelFile read = ModelFile.open(file);
        assertEquals(List.of(), read.labels());
        assertEquals(List.of(), read.inputNames());
        assertEquals(Optional.empty(), read.metadata("tabular"));
        assertNull(read.inputShape());
        ModelFile.save(new Linear(4, 2), file);
        assertEquals(new Shape(4), ModelFile.open(file).inputShape());
    }

    @Test
    void namesAndShapesThatTheModelCannotHaveAreRefused() {
        ModelFile one = new ModelFile(new Linear(4, 2));
        assertThrows(IllegalArgumentException.class, () -> one.inputShape(new Shape(5)));
        assertThrows(IllegalArgumentException.class, () -> one.inputNames("a", "b"));
        ModelFile two = new ModelFile(GraphExamples.graph());
        two.inputNames("left", "right").outputNames("scores", "squares");
        assertThrows(IllegalArgumentException.class, () -> two.inputNames("a", "a"));
        assertThrows(IllegalArgumentException.class, () -> two.outputNames("a"));
        assertThrows(IllegalArgumentException.class, () -> two.weights(DType.F64));
    }

    @Test
    void anyToolReadsTheArraysInPyTorchsOrder() throws IOException {
        Linear linear = new Linear(2, 3);
        ModelFile.save(new Sequential(linear, new BatchNorm1d(3)), file);
        try (TensorFile tensors = TensorFile.open(file)) {
            assertEquals("pt", tensors.metadata().get("format"));
            assertEquals("1", tensors.metadata().get("lanewise.format"));
            assertEquals(List.of(3L, 2L), tensors.tensors().get("0.weight").shape());
            assertEquals(List.of(3L), tensors.tensors().get("1.running_mean").shape());
            assertEquals(linear.weight().value().at(1, 2), tensors.readFloats("0.weight")[5]);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"BF16", "F16"})
    void weightsInHalfTheBytesAreRounded(DType dtype) throws IOException {
        Linear linear = new Linear(100, 50);
        ModelFile.save(linear, file);
        long whole = Files.size(file);
        new ModelFile(linear).weights(dtype).save(file);
        assertTrue(Files.size(file) < whole * 0.55, "bytes");
        ModelFile read = ModelFile.open(file);
        assertEquals(dtype, read.weights());
        float[] before = linear.weight().value().data();
        float[] after = ((Linear) read.model()).weight().value().data();
        assertArrayEquals(before, after, 1f / 2048);
        Path again = folder.resolve("again.safetensors");
        read.save(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    @Test
    void sharedLayersAreWrittenOnceAndStayShared() throws IOException {
        Linear shared = new Linear(4, 4);
        ModelFile.save(new Sequential(shared, new Residual(shared, new ReLU()), shared), file);
        try (TensorFile tensors = TensorFile.open(file)) {
            assertEquals(List.of("0.weight", "0.bias"), List.copyOf(tensors.tensors().keySet()));
        }
        Sequential loaded = (Sequential) ModelFile.load(file);
        assertSame(loaded.layers().get(0), loaded.layers().get(2));
        assertSame(loaded.layers().get(0), loaded.layers().get(1).children().get("0"));
    }

    @Test
    void aGraphComesBackWithItsCalls() throws IOException {
        Model graph = GraphExamples.graph();
        ModelFile.save(graph, file);
        Model loaded = (Model) ModelFile.load(file);
        assertEquals(graph.toString(), loaded.toString());
        assertEquals(graph.inputShapes(), loaded.inputShapes());
        assertEquals(graph.outputs(), loaded.outputs());
        assertEquals(graph.calls().size(), loaded.calls().size());
    }

    @Test
    void dropoutGoesOnWhereItWas() throws IOException {
        Sequential model = new Sequential(new Linear(3, 3), new Residual(new Dropout(0.5f)));
        model.initialize(12);
        Pass pass = model.bind(new Shape(3), Workspace.training(2));
        pass.forward(Matrix.zeros(2, 3));
        pass.forward(Matrix.zeros(2, 3));
        ModelFile.save(model, file);
        Stochastic loaded = Stochastic.all(ModelFile.load(file)).get("1.0");
        assertEquals(12, loaded.seed());
        assertEquals(2, loaded.draws());
    }

    @Test
    void aLayerOfOnesOwnIsMadeByTheProgram() throws IOException {
        LayerTypes types = LayerTypes.standard().with("Scale", Scale.class, options -> new Scale());
        Sequential model = new Sequential(new Linear(3, 3), new Scale());
        model.parameters().get("1.factor").value().data()[0] = 3;
        new ModelFile(model).layerTypes(types).save(file);
        Layer loaded = ModelFile.load(file, types);
        assertEquals(3, loaded.parameters().get("1.factor").value().at(0, 0));
        FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
        assertEquals(
                "json: %s: metadata lanewise.architecture: options.layers[1].type: expected a layer that this program knows (its own ones it must name by LayerTypes.with), found \"Scale\""
                        .formatted(file),
                e.getMessage());
    }

    /** A layer of the user's own with options of every kind. */
    private record Named(String name, long number, List<Float> rates, List<String> words, Layer in)
            implements Layer {

        static Named make(LayerOptions options) throws FormatException {
            List<Float> rates = new ArrayList<>();
            for (float rate : options.getFloats("rates")) {
                rates.add(rate);
            }
            return new Named(
                    options.getString("name"),
                    options.getLong("number"),
                    rates,
                    options.getStrings("words"),
                    options.getLayer("in"));
        }

        @Override
        public SequencedMap<String, Object> options() {
            SequencedMap<String, Object> all = new LinkedHashMap<>();
            all.put("name", name);
            all.put("number", number);
            all.put("rates", rates);
            all.put("words", words);
            all.put("in", in);
            return all;
        }

        @Override
        public SequencedMap<String, Layer> children() {
            return new LinkedHashMap<>(Map.of("in", in));
        }

        @Override
        public Shape outputShape(Shape input) {
            return in.outputShape(input);
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            return in.bind(input, workspace);
        }
    }

    @Test
    void optionsOfEveryKindMakeTheTrip() throws IOException {
        LayerTypes types = LayerTypes.standard().with("Named", Named.class, Named::make);
        List<Float> rates = List.of(0.1f, Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
        Linear inner = new Linear(2, 2);
        Named model = new Named("a\"b", Long.MIN_VALUE, rates, List.of("", "\u20ac"), inner);
        new ModelFile(model).layerTypes(types).save(file);
        Named loaded = (Named) ModelFile.load(file, types);
        assertEquals(model.name, loaded.name);
        assertEquals(model.number, loaded.number);
        assertEquals(model.rates, loaded.rates);
        assertEquals(model.words, loaded.words);
        assertArrayEquals(
                inner.weight().value().data(), loaded.parameters().get("in.weight").value().data());
        LayerTypes forgetful =
                LayerTypes.standard()
                        .with(
                                "Named",
                                Named.class,
                                o -> {
                                    Named made = Named.make(o);
                                    return new Named("", 0, made.rates, made.words, made.in);
                                });
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ModelFile(model).layerTypes(forgetful).save(file));
        assertTrue(e.getMessage().endsWith("has other options"), e.getMessage());
    }

    @Test
    void aLayerThatCannotBeWrittenIsNamedByItsPath() {
        Sequential model = new Sequential(new ReLU(), new Concat(new ReLU(), new Scale()));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ModelFile.save(model, file));
        assertEquals(
                "model: layer 1.1 cannot be written: io.github.lanewise.nn.Scale is in no list; add"
                        + " it with LayerTypes.with, or build the model of others",
                e.getMessage());
        assertTrue(Files.notExists(file));
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        TransformerEncoderLayer encoder = new TransformerEncoderLayer(4, 2, 8);
        Layer inside = encoder.children().get("linear1");
        Sequential tied = new Sequential(new Linear(4, 4), encoder, new Linear(4, 4), inside);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ModelFile.save(tied, file));
        assertTrue(e.getMessage().contains("shared between different layers"), e.getMessage());
        Layer deep = new ReLU();
        for (int i = 0; i < ArchitectureReader.MAX_DEPTH; i++) {
            deep = new Sequential(deep);
        }
        Layer deeper = deep;
        e = assertThrows(IllegalArgumentException.class, () -> ModelFile.save(deeper, file));
        assertTrue(e.getMessage().contains("deeper than 100 layers"), e.getMessage());
        assertTrue(Files.notExists(file));
    }

    @Test
    void aNewerVersionSaysSo() throws IOException {
        write(Map.of("lanewise.format", "2"));
        FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
        assertEquals(
                "model: %s: expected format version 1 or older, found 2; read it with a newer version of this library"
                        .formatted(file),
                e.getMessage());
    }

    private void write(Map<String, String> metadata) throws IOException {
        Safetensors.write(file, metadata, List.of());
    }

    @Test
    void arraysWithoutAModelSaySo() throws IOException {
        write(Map.of());
        FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
        assertTrue(e.getMessage().contains("found arrays without lanewise.format"));
        write(Map.of("lanewise.format", "1"));
        e = assertThrows(FormatException.class, () -> ModelFile.load(file));
        assertTrue(e.getMessage().endsWith("expected metadata lanewise.architecture, found none"));
    }

    @Test
    void aFileThatAnotherProgramWroteAgainIsRefused() throws IOException {
        ModelFile.save(new ReLU(), file);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String without = text.replaceFirst("\"lanewise.checksum\"", "\"otherwise.checksum\"");
        byte[] bytes = without.getBytes(StandardCharsets.ISO_8859_1);
        bytes[0] += (byte) (without.length() - text.length());
        Files.write(file, bytes);
        FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
        assertTrue(e.getMessage().contains("expected checksums, found none"), e.getMessage());
    }
}
