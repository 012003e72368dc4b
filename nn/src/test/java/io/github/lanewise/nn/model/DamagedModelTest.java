package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.norm.BatchNorm1d;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Files that were torn or altered, and files that were made to do harm. */
class DamagedModelTest {

    private static final Path TORCH =
            Path.of("src/test/resources/io/github/lanewise/nn/model/mlp.pt");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir private Path folder;

    private static Sequential model() {
        return new Sequential(new Linear(3, 2), new BatchNorm1d(2));
    }

    @Test
    void aTornModelIsRefusedWhereverItEnds() throws IOException {
        Path file = folder.resolve("model.safetensors");
        ModelFile.save(model(), file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 3) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(FormatException.class, () -> ModelFile.load(file), "cut at " + length);
            assertUnchanged(model(), file, "cut at " + length);
        }
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() throws IOException {
        Path file = folder.resolve("model.safetensors");
        ModelFile.save(model(), file);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            int bit = 1 << at % 8;
            bytes[at] ^= (byte) bit;
            Files.write(file, bytes);
            assertThrows(FormatException.class, () -> ModelFile.load(file), "flipped at " + at);
            bytes[at] ^= (byte) bit;
        }
    }

    private static void assertUnchanged(Layer model, Path file, String damage) {
        float[] before = Matrices.weights(model);
        assertThrows(IOException.class, () -> Weights.load(model, file), damage);
        assertArrayEquals(before, Matrices.weights(model), damage);
    }

    @Test
    void aTornStateDictIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(TORCH);
        Path file = folder.resolve("torn.pt");
        for (int length = 0; length < whole.length; length += 11) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertUnchanged(TorchModel.MLP.model(), file, "cut at " + length);
        }
    }

    /** Bits that nobody reads, such as those of dates, may flip. */
    @Test
    void aFlippedBitOfAStateDictIsFoundOrHarmless() throws IOException {
        byte[] bytes = Files.readAllBytes(TORCH);
        Layer expected = TorchModel.MLP.model();
        Weights.load(expected, TORCH);
        float[] values = Matrices.weights(expected);
        Path file = folder.resolve("flipped.pt");
        int refused = 0;
        for (int at = 0; at < bytes.length; at += 2) {
            int bit = 1 << at / 2 % 8;
            bytes[at] ^= (byte) bit;
            Files.write(file, bytes);
            bytes[at] ^= (byte) bit;
            Layer model = TorchModel.MLP.model();
            float[] before = Matrices.weights(model);
            try {
                Weights.load(model, file);
                assertArrayEquals(values, Matrices.weights(model), "flipped at " + at);
            } catch (IOException e) {
                refused++;
                assertNotNull(e.getMessage());
                assertArrayEquals(before, Matrices.weights(model), "flipped at " + at);
            }
        }
        assertTrue(refused > bytes.length / 8, "refused " + refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'Linear','options':{'inFeatures':3,'outFeatures':2}}"
                        + "|options: expected a member \"bias\", found an object",
                "{'type':'ReLU','options':{'slope':1}}"
                        + "|options.slope: expected no option of this name, found 1",
                "{'type':'Linear','options':{'inFeatures':'3','outFeatures':2,'bias':true}}"
                        + "|options.inFeatures: expected an int, found \"3\"",
                "{'type':'Linear','options':{'inFeatures':0,'outFeatures':2,'bias':true}}|the"
                        + " document: expected options that Linear can have: Linear: no features",
                "{'type':'java.lang.Runtime','options':{}}"
                        + "|type: expected a layer that this program knows",
                "{'type':'Sequential','options':{'layers':[{'shared':0}]}}"
                        + "|options.layers[0].shared: expected the id of a layer before",
                "{'type':'TransformerEncoderLayer','options':{'dModel':4,'nhead':2,"
                        + "'dimFeedforward':4,'activation':{'type':'Flatten','options':{}},"
                        + "'normFirst':true,'causal':true}}"
                        + "|options.activation.type: expected a Nonlinearity, found \"Flatten\"",
                "{'type':'Model','options':{'inputShapes':[[2]],'layers':"
                        + "[{'type':'ReLU','options':{}}],'takes':[[1]],'outputs':[1]}}"
                        + "|options.takes: expected numbers of values before, from 0 to 0",
                "{'type':'Linear','options':{'inFeatures':2000000000,'outFeatures':2000000000,'bias':false}}|expected"
                    + " options that Linear can have: Param: 2000000000x2000000000",
                "{'type':'LSTM','options':{'inputSize':1,'hiddenSize':1,'numLayers':2000000000,"
                        + "'bidirectional':false,'lastOutput':false}}"
                        + "|options.numLayers: expected at most 1000",
                "{'type':'BatchNorm1d','options':{'numFeatures':2000000000,'eps':1,'momentum':1,"
                        + "'affine':false,'frozen':false}}|found 2 missing: running_mean",
                "{'type':'Embedding','options':{'numEmbeddings':16000000,'embeddingDim':100}}"
                        + "|found 1 missing: weight"
            })
    void aDescriptionThatIsWrongIsRefusedByItsPlace(String architecture, String message)
            throws IOException {
        FormatException e = assertThrows(FormatException.class, () -> load(architecture));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private Layer load(String architecture) throws IOException {
        Path file = folder.resolve("hostile.safetensors");
        Safetensors.write(
                file,
                Map.of(
                        "lanewise.format",
                        "1",
                        "lanewise.architecture",
                        architecture.replace('\'', '"')),
                List.of());
        return ModelFile.load(file);
    }

    @Test
    void layersInLayersAreBounded() {
        int depth = ArchitectureReader.MAX_DEPTH;
        String open = "{'type':'Sequential','options':{'layers':[";
        String architecture = open.repeat(depth) + open + "]}}" + "]}}".repeat(depth);
        FormatException e = assertThrows(FormatException.class, () -> load(architecture));
        assertTrue(e.getMessage().contains("expected at most 100 layers in each other"));
    }

    /** Twenty layers of ten times the one before would be 10^20. */
    @ParameterizedTest
    @ValueSource(ints = {20, 90})
    void layersSharedInLayersSharedAreBounded(int levels) {
        String layer = "{'type':'ReLU','id':0,'options':{}}";
        for (int level = 1; level <= levels; level++) {
            layer =
                    "{'type':'Sequential','id':%d,'options':{'layers':[%s%s]}}"
                            .formatted(
                                    level, layer, ",{'shared':%d}".formatted(level - 1).repeat(9));
        }
        String architecture = layer;
        FormatException e =
                assertTimeoutPreemptively(
                        LONG,
                        () -> assertThrows(FormatException.class, () -> load(architecture)),
                        "reading layers shared in layers shared hung");
        assertTrue(
                e.getMessage().contains("expected at most 100,000 layers in all"), e.getMessage());
    }

    @Test
    void streamsThatDoNotFitAreRefused() throws IOException {
        String dropout = "{'type':'Dropout','options':{'p':0.5}}".replace('\'', '"');
        Path file = folder.resolve("streams.safetensors");
        for (String random :
                List.of("{}", "{\"\":{\"seed\":1,\"draws\":-1}}", "{\"x\":{}}", "[]")) {
            Safetensors.write(
                    file,
                    Map.of(
                            "lanewise.format",
                            "1",
                            "lanewise.architecture",
                            dropout,
                            "lanewise.random",
                            random),
                    List.of());
            FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
            assertTrue(e.getMessage().contains("metadata lanewise.random"), e.getMessage());
        }
    }
}
