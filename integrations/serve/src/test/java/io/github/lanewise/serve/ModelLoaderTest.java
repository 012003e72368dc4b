package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.model.ModelFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models from files. */
class ModelLoaderTest {

    @TempDir private Path folder;

    @Test
    void aNetworkComesWithLabelsAndPreparation() throws IOException {
        Path file = folder.resolve("my pets.safetensors");
        new ModelFile(Models.network())
                .inputShape(Models.SAMPLE)
                .labels(Models.LABELS)
                .metadata(ModelLoader.SCALE, Json.of(Models.SCALE))
                .metadata(ModelLoader.SHIFT, Json.of(Models.SHIFT))
                .save(file);
        ServedModel loaded = ModelLoader.load(file);
        assertEquals("my-pets", loaded.name());
        Tensor sample =
                new Tensor(
                        "input", Datatype.FP32, List.of(1, 6), List.of(1f, 2f, 3f, 40f, 50f, 60f));
        assertEquals(
                Models.tensors().infer(1, List.of(sample), new Unobserved()),
                loaded.infer(1, List.of(sample), new Unobserved()));
    }

    private static final class Unobserved implements ServedModel.Observer {
        @Override
        public void missing(String input, long count) {}

        @Override
        public void unknown(String input, long count) {}

        @Override
        public void predicted(String label) {}
    }

    @Test
    void aTableComesWithItsColumns() throws IOException {
        Path file = Files.createDirectory(folder.resolve("clients")).resolve("model.safetensors");
        Models.table().save(file);
        ServedModel loaded = ModelLoader.load(file);
        assertEquals("clients", loaded.name());
        ServedModel made = new TableModel("clients", Models.table());
        assertEquals(made.inputs(), loaded.inputs());
        assertEquals(made.outputs(), loaded.outputs());
        List<Tensor> row =
                loaded.inputs().stream()
                        .map(
                                spec ->
                                        new Tensor(
                                                spec.name(),
                                                spec.datatype(),
                                                List.of(1),
                                                List.of(Models.row().get(spec.name()))))
                        .toList();
        assertEquals(made.infer(1, row, new Unobserved()), loaded.infer(1, row, new Unobserved()));
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Files.writeString(file, "not a model");
        assertThrows(IOException.class, () -> ModelLoader.load(file));
        new ModelFile(new Sequential(new ReLU())).save(file);
        String message = assertThrows(IOException.class, () -> ModelLoader.load(file)).getMessage();
        assertTrue(message.contains("ModelFile.inputShape"), message);
        new ModelFile(new Sequential(new ReLU())).inputShape(new Shape(2)).labels("a").save(file);
        assertThrows(IOException.class, () -> ModelLoader.load(file));
    }

    @ParameterizedTest
    @CsvSource({
        "out/credit/model.safetensors, credit",
        "/model.safetensors, model",
        "a/b.safetensors, b",
        "a/b c.bin, b-c.bin"
    })
    void modelsAreNamedAfterTheirFiles(String file, String name) {
        assertEquals(name, ModelLoader.name(Path.of(file)));
    }
}
