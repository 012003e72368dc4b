package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Why the names of a file are not those of a model. */
class WeightNamesTest {

    private static final UnaryOperator<String> SAME = UnaryOperator.identity();

    @TempDir private Path folder;
    private Path file;

    private final Sequential model = new Sequential(new Linear(3, 2), new Linear(2, 2));
    private final float[] before = Matrices.weights(model);

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("weights.safetensors");
    }

    @AfterEach
    void theModelIsAsItWas() {
        assertArrayEquals(before, Matrices.weights(model));
    }

    /** Writes what the model takes, named otherwise. */
    private void write(UnaryOperator<String> names) throws IOException {
        List<TensorData> tensors = new ArrayList<>();
        Map<String, long[]> shapes =
                Map.of(
                        "0.weight", new long[] {2, 3},
                        "0.bias", new long[] {2},
                        "1.weight", new long[] {2, 2},
                        "1.bias", new long[] {2});
        shapes.forEach(
                (name, shape) -> {
                    TensorInfo info = TensorInfo.of(names.apply(name), DType.F32, shape);
                    tensors.add(TensorData.of(info, new float[(int) info.elements()]));
                });
        Safetensors.write(file, Map.of(), tensors);
    }

    private static String refusal(Executable call) {
        return assertThrows(FormatException.class, call).getMessage();
    }

    private static String layerNames(String name) {
        return name.replace("0.", "fc.").replace("1.", "head.");
    }

    private void assertTurnedRound(String message) {
        assertTrue(
                message.contains(
                        "; the names look turned round, for they lead from the model's 0.weight to"
                                + " the file's fc.weight: give the model's name by the file's"),
                message);
    }

    @Test
    void aMapThatIsTurnedRoundIsNamed() throws IOException {
        write(WeightNamesTest::layerNames);
        Map<String, String> names =
                Map.of(
                        "0.weight", "fc.weight",
                        "0.bias", "fc.bias",
                        "1.weight", "head.weight",
                        "1.bias", "head.bias");
        assertTurnedRound(refusal(() -> Weights.load(model, file, names)));
        Map<String, String> some = Map.of("0.weight", "fc.weight", "fc.bias", "nothing");
        assertTurnedRound(refusal(() -> Weights.load(model, file, some)));
    }

    /** The function that {@code saveForPyTorch} was given. */
    @Test
    void aFunctionThatIsTurnedRoundIsNamed() throws IOException {
        Weights.saveForPyTorch(model, file, WeightNamesTest::layerNames);
        UnaryOperator<String> wrong = WeightNamesTest::layerNames;
        assertTurnedRound(refusal(() -> Weights.load(model, file, wrong)));
        assertTurnedRound(refusal(() -> Weights.loadMatching(model, file, wrong)));
    }

    @Test
    void namesThatLeadTheRightWayAreNotBlamed() throws IOException {
        write(name -> layerNames(name).replace("head.bias", "head.b"));
        String message =
                refusal(
                        () ->
                                Weights.load(
                                        model,
                                        file,
                                        name -> {
                                            if (!name.startsWith("fc") && !name.startsWith("he")) {
                                                throw new IllegalStateException(name);
                                            }
                                            return name.replace("fc", "0").replace("head", "1");
                                        }));
        assertTrue(message.endsWith("1 missing: 1.bias; 1 unexpected: head.b"), message);
    }

    @Test
    void layersThatChangePlacesAreNotBlamed() throws IOException {
        write(name -> name.equals("1.bias") ? "1.b" : name);
        UnaryOperator<String> swap = name -> (name.startsWith("0") ? "1" : "0") + name.substring(1);
        assertFalse(refusal(() -> Weights.load(model, file, swap)).contains("turned round"));
    }

    @Test
    void aBeginningThatAllNamesHaveIsNamed() throws IOException {
        write(name -> "module." + name);
        String hint =
                "; in the file, names begin with \"module.\": take it off, by name ->"
                        + " name.substring(7)";
        String message = refusal(() -> Weights.load(model, file));
        assertTrue(message.endsWith(hint), message);
        message = refusal(() -> Weights.loadMatching(model, file));
        assertTrue(message.endsWith(hint), message);
    }

    @Test
    void aBeginningThatTheFileLacksIsNamed() throws IOException {
        write(SAME);
        Sequential inner = new Sequential(new Linear(3, 2), new Linear(2, 2));
        String message = refusal(() -> Weights.load(new Sequential(inner), file));
        assertTrue(
                message.endsWith(
                        "; in the model, names begin with \"0.\": put it before, by name -> \"0.\""
                                + " + name"),
                message);
    }

    @Test
    void nothingThatFitsIsNoMatch() throws IOException {
        write(name -> "x" + name);
        String message = refusal(() -> Weights.loadMatching(model, file));
        assertTrue(message.contains("found 4 missing: 0.weight,"), message);
    }

    @Test
    void whatIsTurnedOverIsNamed() throws IOException {
        TensorInfo info = TensorInfo.of("0.weight", DType.F32, 3, 2);
        Safetensors.write(file, Map.of(), List.of(TensorData.of(info, new float[6])));
        String message = refusal(() -> Weights.load(model, file));
        assertTrue(message.endsWith("shape [3, 2], the model's [2, 3] (transpose it)"), message);
    }
}
