package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Its numbers are those of PyTorch by {@code TransformerParityTest}. */
class AdaptiveLogSoftmaxTest {

    private static AdaptiveLogSoftmax layer() {
        return new AdaptiveLogSoftmax(8, 7, 2, 4).divValue(2).headBias();
    }

    @Test
    void probabilitiesAddUpToOne() {
        Matrix y = layer().bind(new Shape(8), Workspace.inference(3)).forward(x(3, 8));
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < 7; j++) {
                sum += Math.exp(y.at(i, j));
            }
            assertEquals(1, sum, 1e-6);
        }
    }

    @Test
    void stepsAreSamples() {
        AdaptiveLogSoftmax layer = layer();
        Matrix x = x(6, 8);
        float[] rows = values(layer.bind(new Shape(8), Workspace.inference(6)).forward(x));
        Matrix steps = Matrix.of(x.data(), 2, 24);
        assertArrayEquals(
                rows, values(layer.bind(new Shape(3, 8), Workspace.inference(2)).forward(steps)));
        assertArrayEquals(
                rows,
                values(layer.bind(new Shape(3, 1, 8), Workspace.inference(2)).forward(steps)));
    }

    @Test
    void parametersHavePyTorchsNames() {
        assertEquals(
                List.of(
                        "head.weight",
                        "head.bias",
                        "tail.0.0.weight",
                        "tail.0.1.weight",
                        "tail.1.0.weight",
                        "tail.1.1.weight"),
                List.copyOf(layer().parameters().keySet()));
    }

    @Test
    void backwardAgreesWithCentralDifferences() {
        for (Shape input : List.of(new Shape(8), new Shape(2, 8))) {
            GradientCheck.Result result = GradientCheck.of(layer(), input, 3, 1);
            assertTrue(result.passed(), result::toString);
        }
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new AdaptiveLogSoftmax(8, 7),
                () -> new AdaptiveLogSoftmax(8, 7, 0, 3),
                () -> new AdaptiveLogSoftmax(8, 7, 4, 4),
                () -> new AdaptiveLogSoftmax(8, 7, 4, 7),
                () -> new AdaptiveLogSoftmax(0, 7, 4),
                () -> new AdaptiveLogSoftmax(8, 7, 2, 4).divValue(4),
                () -> new AdaptiveLogSoftmax(8, 7, 2).divValue(-1),
                () -> layer().outputShape(new Shape(7)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    private static Matrix x(int rows, int cols) {
        return Matrices.gaussian(rows, cols, 1);
    }
}
