package io.github.lanewise.nn.conv;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.SameDraws;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Windows that lie a fraction of elements apart. */
class FractionalMaxPoolTest {

    private static final Shape IMAGE = new Shape(3, 7, 9);

    private static FractionalMaxPool2d pool() {
        return new FractionalMaxPool2d(3, 2).outputSize(4, 6);
    }

    private static FractionalMaxPool layer(String name) {
        return switch (name) {
            case "2d", "2d for inference", "2d with equal values" -> pool();
            case "2d of a ratio" -> new FractionalMaxPool2d(2).outputRatio(0.7f, 0.55f);
            case "2d to one" -> new FractionalMaxPool2d(3, 2).outputSize(1);
            case "3d", "3d for inference" -> new FractionalMaxPool3d(2, 3, 2).outputSize(3, 2, 4);
            case "3d of a ratio" -> new FractionalMaxPool3d(2).outputRatio(0.6f, 0.7f, 0.4f);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Twice the channels come out of it, so whoever reads a message must see why. */
    @Test
    void aLayerThatMakesIndicesSaysSo() {
        assertEquals(
                "FractionalMaxPool2d(kernel [3, 2], output size [4, 6], with indices)",
                pool().returnIndices().toString());
        assertEquals("FractionalMaxPool2d(kernel [3, 2], output size [4, 6])", pool().toString());
    }

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("more_pools");
    }

    /** What a layer that stands nowhere draws first, or what it has for inference. */
    private static float[] drawn(GoldenCase golden, int count) {
        float[] numbers = new float[count];
        RandomStream stream = new RandomStream(0).stream("windows").stream("");
        for (int i = 0; i < count; i++) {
            numbers[i] = isInference(golden) ? 0.5f : (stream.at(i) >>> 40) * 0x1p-24f;
        }
        return numbers;
    }

    private static boolean isInference(GoldenCase golden) {
        return golden.name().endsWith("for inference");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesIndicesAndGradientsArePyTorchs(GoldenCase golden) {
        float[] samples = values(golden.input("samples"));
        assertArrayEquals(drawn(golden, samples.length), samples);
        Input x = new Input(golden.sample("x"));
        FractionalMaxPool pool = layer(golden.name());
        Model both = new Model(List.of(x), pool.call(x));
        pool.restart(0, "");
        Matrix inputs = golden.batch("x");
        int rows = inputs.rows();
        Workspace workspace =
                isInference(golden) ? Workspace.inference(rows) : Workspace.training(rows);
        Pass pass = both.bind(x.shape(), workspace);
        Matrix outputs = pass.forward(inputs);
        golden.check("y", values(both.splitOutputs(outputs).get(0)));
        golden.check("indices", values(both.splitOutputs(outputs).get(1)));
        Matrix dy = golden.batch("dy");
        Matrix joint = gaussian(rows, 2 * dy.cols(), 1);
        for (int i = 0; i < dy.size(); i++) {
            int at = i / dy.cols() * joint.ld() + i % dy.cols();
            joint.data()[at] = dy.data()[i];
        }
        if (!isInference(golden)) {
            golden.check("dx", values(pass.backward(joint)));
        }
    }

    private static float[] train(FractionalMaxPool layer, Matrix x) {
        return values(layer.bind(IMAGE, Workspace.training(x.rows())).forward(x));
    }

    @Test
    void indicesAreNoMoreThanAskedFor() {
        Matrix x = gaussian(4, IMAGE.features(), 1);
        assertEquals(new Shape(3, 4, 6), pool().outputShape(IMAGE));
        assertEquals(new Shape(6, 4, 6), pool().returnIndices().outputShape(IMAGE));
        float[] values = train(pool(), x);
        float[] both = train(pool().returnIndices(), x);
        assertArrayEquals(Arrays.copyOf(values, 72), Arrays.copyOf(both, 72));
    }

    @Test
    void eachCallDrawsAnewAndDrawsBringsItBack() {
        FractionalMaxPool layer = pool();
        Matrix x = gaussian(4, IMAGE.features(), 1);
        float[] first = train(layer, x);
        float[] second = train(layer, x);
        assertFalse(Arrays.equals(first, second));
        layer.draws(0);
        assertArrayEquals(first, train(layer, x));
        layer.restart(1, "");
        assertFalse(Arrays.equals(first, train(layer, x)));
    }

    /** So that a batch in shards is the batch. */
    @Test
    void windowsOfASampleFollowFromItsNumberInTheBatch() {
        Matrix x = gaussian(4, IMAGE.features(), 1);
        float[] whole = train(pool(), x);
        Workspace workspace = Workspace.training(2);
        workspace.firstSample(2);
        float[] part = values(pool().bind(IMAGE, workspace).forward(x.rowRange(2, 4)));
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length / 2, whole.length), part);
    }

    @Test
    void inferenceDrawsNothing() {
        FractionalMaxPool layer = pool();
        Matrix x = gaussian(4, IMAGE.features(), 1);
        Pass pass = layer.bind(IMAGE, Workspace.inference(4));
        float[] first = values(pass.forward(x));
        assertArrayEquals(first, values(pass.forward(x)));
        assertEquals(0, layer.draws());
        assertArrayEquals(new int[] {0, 2, 3, 4}, layer.windows(IMAGE)[0]);
    }

    @Test
    void backwardAgreesWithCentralDifferences() {
        GradientCheck.Result result = GradientCheck.of(new SameDraws(pool()), IMAGE, 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void wrongUseIsNamed() {
        assertRefused(
                "FractionalMaxPool2d: kernel is [0, 0]; each number must be 1 or more",
                () -> new FractionalMaxPool2d(0));
        assertRefused(
                "FractionalMaxPool3d: outputSize is [2, 0, 1]; each number must be 1 or more",
                () -> new FractionalMaxPool3d(2).outputSize(2, 0, 1));
        assertRefused(
                "FractionalMaxPool2d: outputRatio is 1.0; it must be above 0 and below 1",
                () -> new FractionalMaxPool2d(2).outputRatio(1));
        assertRefused(
                "FractionalMaxPool2d(kernel [3, 3], output size [6, 6]): input is 3x7x9: on a side"
                        + " of 7 lie 6 windows of 3; there must be 1 to 5",
                () -> new FractionalMaxPool2d(3).outputSize(6).outputShape(IMAGE));
        assertRefused(
                "FractionalMaxPool2d(kernel [2, 2], output ratio [0.1, 0.1]): input is 3x7x9: on a"
                        + " side of 7 lie 0 windows of 2; there must be 1 to 6",
                () -> new FractionalMaxPool2d(2).outputRatio(0.1f).outputShape(IMAGE));
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> new FractionalMaxPool2d(2).outputShape(IMAGE));
        assertEquals(
                "FractionalMaxPool2d(kernel [2, 2]): the size of the outputs is not set; call"
                        + " outputSize or outputRatio",
                e.getMessage());
        FractionalMaxPool2d used = pool();
        used.outputShape(IMAGE);
        assertThrows(IllegalStateException.class, used::returnIndices);
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
