package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Arrays of a file into a model that exists. */
class WeightsTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("weights.safetensors");
    }

    private static Sequential model() {
        return new Sequential(new Linear(3, 4), new BatchNorm1d(4), new ReLU(), new Linear(4, 2));
    }

    private void write(TensorData... tensors) throws IOException {
        Safetensors.write(file, Map.of(), List.of(tensors));
    }

    private static TensorData floats(String name, long... shape) {
        TensorInfo info = TensorInfo.of(name, DType.F32, shape);
        return TensorData.of(info, new float[(int) info.elements()]);
    }

    @Test
    void allThatDoesNotFitIsInOneMessage() throws IOException {
        write(
                floats("0.weight", 3, 4),
                floats("0.bias", 4),
                floats("1.weight", 4),
                floats("1.running_mean", 4),
                floats("1.running_var", 4),
                floats("3.weight", 2, 4),
                floats("3.bias", 2),
                floats("4.bias", 2));
        Sequential model = model();
        float[] before = Matrices.weights(model);
        FormatException e = assertThrows(FormatException.class, () -> Weights.load(model, file));
        assertEquals(
                "weights: %s: expected the 8 arrays of the model, found 1 missing: 1.bias; 1 unexpected: 4.bias; 1 misfits: 0.weight has shape [3, 4], the model's [4, 3] (transpose it)"
                        .formatted(file),
                e.getMessage());
        assertArrayEquals(before, Matrices.weights(model), "the model is as it was");
    }

    @Test
    void whatFitsIsLoadedAndTheRestIsTold() throws IOException {
        write(floats("0.weight", 3, 4), floats("0.bias", 4), floats("4.bias", 2));
        Sequential model = model();
        model.initialize(3);
        Weights.Skipped skipped = Weights.loadMatching(model, file);
        assertFalse(skipped.isEmpty());
        assertEquals(
                List.of(
                        "1.weight",
                        "1.bias",
                        "3.weight",
                        "3.bias",
                        "1.running_mean",
                        "1.running_var"),
                skipped.missing());
        assertEquals(List.of("4.bias"), skipped.unexpected());
        assertEquals(
                Map.of("0.weight", "has shape [3, 4], the model's [4, 3] (transpose it)"),
                skipped.misfits());
        assertEquals(0, model.parameters().get("0.bias").value().at(0, 1));
    }

    @Test
    void namesGoByAMapOrAFunction() throws IOException {
        TensorInfo info = TensorInfo.of("fc.kernel", DType.F32, 2, 3);
        TensorData kernel = TensorData.of(info, new float[] {1, 2, 3, 4, 5, 6});
        write(kernel, floats("fc.bias", 2), floats("optimizer.state", 7));
        Linear linear = new Linear(3, 2);
        Weights.load(
                linear,
                file,
                name ->
                        switch (name) {
                            case "fc.kernel" -> "weight";
                            case "fc.bias" -> "bias";
                            default -> null;
                        });
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, linear.weight().value().data());
        write(kernel, floats("bias", 2));
        Linear other = new Linear(3, 2);
        Weights.load(other, file, Map.of("fc.kernel", "weight"));
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, other.weight().value().data());
        write(kernel, floats("weight", 2, 3), floats("bias", 2));
        FormatException e =
                assertThrows(
                        FormatException.class,
                        () -> Weights.load(other, file, Map.of("fc.kernel", "weight")));
        assertTrue(e.getMessage().contains("weight is all of [fc.kernel, weight]"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F16", "BF16", "F32", "F64"})
    void allTypesOfRealNumbersAreTaken(DType dtype) throws IOException {
        write(
                TensorData.of(TensorInfo.of("weight", dtype, 1, 3), new float[] {1, -2.5f, 0.25f}),
                floats("bias", 1));
        Linear linear = new Linear(3, 1);
        Weights.load(linear, file);
        assertArrayEquals(new float[] {1, -2.5f, 0.25f}, linear.weight().value().data());
    }

    @Test
    void aNumberThatIsNoFloatLeavesTheModelAsItWas() throws IOException {
        write(
                floats("bias", 1),
                TensorData.of(TensorInfo.of("weight", DType.F64, 1, 2), new double[] {1, 1e300}));
        Linear linear = new Linear(2, 1);
        float[] before = Matrices.weights(linear);
        assertThrows(FormatException.class, () -> Weights.load(linear, file));
        assertThrows(FormatException.class, () -> Weights.loadMatching(linear, file));
        assertArrayEquals(before, Matrices.weights(linear));
    }

    @Test
    void aModelsFileGivesItsWeightsToo() throws IOException {
        Layer model = model();
        model.initialize(9);
        ModelFile.save(model, file);
        Layer other = model();
        Weights.load(other, file);
        assertArrayEquals(Matrices.weights(model), Matrices.weights(other));
    }
}
