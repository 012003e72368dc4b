package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of PyTorch, made by {@code torch_models.py} beside them. */
class TorchTest {

    private static final Path FILES = Path.of("src/test/resources/io/github/lanewise/nn/model");
    private static final double TOLERANCE = 1e-5;
    private static final float LOSS_TOLERANCE = 1e-6f;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(TorchModel.class)
    void safetensorsGivePyTorchsOutputs(TorchModel torch) throws IOException {
        assertOutputs(torch, torch.file(FILES, ".safetensors"));
    }

    @ParameterizedTest
    @EnumSource(TorchModel.class)
    void stateDictsGivePyTorchsOutputs(TorchModel torch) throws IOException {
        assertOutputs(torch, torch.file(FILES, ".pt"));
    }

    private static void assertOutputs(TorchModel torch, Path file) throws IOException {
        Layer model = torch.model();
        Weights.load(model, file, torch::rename);
        try (TensorFile io = TensorFile.open(torch.file(FILES, "-io.safetensors"))) {
            float[] expected = io.readFloats("output");
            float[] y = Matrices.values(torch.outputs(model, io.readFloats("input")));
            assertEquals(expected.length, y.length);
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i] - y[i]));
            }
            assertTrue(largest < TOLERANCE, torch + ": largest difference " + largest);
        }
    }

    @ParameterizedTest
    @EnumSource(TorchModel.class)
    void trainingOnGivesPyTorchsLosses(TorchModel torch) throws IOException {
        Layer model = torch.model();
        Weights.load(model, torch.file(FILES, ".pt"), torch::rename);
        try (TensorFile io = TensorFile.open(torch.file(FILES, "-io.safetensors"))) {
            float[] expected = io.readFloats("losses");
            float[] losses = torch.losses(model, io.readFloats("input"), expected.length);
            assertArrayEquals(expected, losses, LOSS_TOLERANCE, () -> Arrays.toString(losses));
        }
    }

    @ParameterizedTest
    @EnumSource(TorchModel.class)
    void whatIsWrittenForPyTorchIsWhatItWrote(TorchModel torch) throws IOException {
        Layer model = torch.model();
        Path original = torch.file(FILES, ".safetensors");
        Weights.load(model, original, torch::rename);
        Path written = folder.resolve("written.safetensors");
        Weights.saveForPyTorch(model, written, torch::renameBack);
        try (TensorFile from = TensorFile.open(original);
                TensorFile to = TensorFile.open(written)) {
            assertEquals(
                    new TreeMap<>(from.tensors()).toString(),
                    new TreeMap<>(to.tensors()).toString());
            for (String name : from.tensors().keySet()) {
                if (!name.endsWith("num_batches_tracked")) {
                    assertArrayEquals(from.readFloats(name), to.readFloats(name), name);
                }
            }
            assertEquals(Map.of("format", "pt"), to.metadata());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turned",
                "sliced",
                "half",
                "double",
                "parameters",
                "checkpoint",
                "protocol4",
                "1.6",
                "float8",
                "values",
                "values4",
                "unread",
                "classes"
            })
    void everyWayToSaveALinearLayerIsRead(String name) throws IOException {
        Linear linear = new Linear(3, 2);
        Weights.load(
                linear,
                FILES.resolve("odd-" + name + ".pt"),
                in -> in.replaceFirst("^model\\.", ""));
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, linear.weight().value().data());
        assertArrayEquals(new float[] {0.5f, -1}, linear.bias().value().data());
    }

    @Test
    void tiedWeightsAreReadUnderEachName() throws IOException {
        Linear shared = new Linear(3, 3);
        Sequential model = new Sequential(shared, new ReLU(), shared);
        Weights.load(model, FILES.resolve("odd-tied.pt"));
        assertEquals(-4, shared.bias().value().at(0, 0));
        Path written = folder.resolve("written.safetensors");
        Weights.saveForPyTorch(model, written);
        try (TensorFile file = TensorFile.open(written)) {
            assertEquals(
                    Set.of("0.weight", "0.bias", "2.weight", "2.bias"), file.tensors().keySet());
            assertArrayEquals(file.readFloats("0.weight"), file.readFloats("2.weight"));
        }
        Sequential untied = new Sequential(new Linear(3, 3), new ReLU(), new Linear(3, 3));
        Weights.load(untied, written);
        untied.parameters().get("2.bias").value().data()[1] = 9;
        Weights.saveForPyTorch(untied, written);
        FormatException e = assertThrows(FormatException.class, () -> Weights.load(model, written));
        assertTrue(
                e.getMessage()
                        .endsWith(
                                "expected 0.bias and 2.bias to be equal, for the model shares them,"
                                        + " found others"),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "legacy, found a file of PyTorch before 1.6",
        "module, 'found \"torch.nn.modules.linear.Linear\"; nothing was run'",
        "hostile, 'found \"__builtin__.print\"; nothing was run'",
        "negated, 'array \"weight\": expected plain numbers, found numbers that are yet to be"
                + " conjugated or negated; save its .resolve_conj().resolve_neg()'",
        "name, expected names of at most",
        "expanded, 'weight is not read: torch: '",
        "expanded, 'sizes [2, 2, 3], strides [0, 3, 1]; save its .contiguous()'",
        "complex, 'found complex numbers (torch.ComplexDoubleStorage); save torch.view_as_real(...)"
                + " of it'",
        "quantized, 'found quantized numbers; save its .dequantize()'",
        "sparse, 'found a sparse array; save its .to_dense()'",
        "meta, 'on the device meta; save it from another device'",
        "numpy, 'found an array of NumPy; save torch.from_numpy(...) of it'",
        "subclass, 'found \"__main__.Subclass\"; nothing was run'",
        "packed, save it again with torch.save"
    })
    void whatIsNoStateDictIsRefusedByName(String name, String message) {
        Linear linear = new Linear(3, 2);
        Path file = FILES.resolve("refused-" + name + ".pt");
        FormatException e = assertThrows(FormatException.class, () -> Weights.load(linear, file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    /** The first entries of each, for a real one names the folders of the machine that made it. */
    @ParameterizedTest
    @CsvSource({
        "data.pkl constants.pkl, found a program of TorchScript; save"
                + " torch.jit.load(...).state_dict()",
        "data.pkl code/__torch__/net.py, found a program of TorchScript",
        "archive_format models/model.json, found a program of torch.export; save its .state_dict"
    })
    void programsAreRefusedAsSuch(String entries, String message) throws IOException {
        Path file = folder.resolve("program.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries.split(" ")) {
                zip.putNextEntry(new ZipEntry("net/" + entry));
                zip.write(new byte[100]);
            }
        }
        FormatException e =
                assertThrows(FormatException.class, () -> Weights.load(new Linear(3, 2), file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void wholeNumbersAreNoWeights() {
        FormatException e =
                assertThrows(
                        FormatException.class,
                        () -> Weights.load(new Linear(3, 2), FILES.resolve("odd-integers.pt")));
        assertTrue(e.getMessage().contains("weight is of I32, not of ["), e.getMessage());
    }
}
