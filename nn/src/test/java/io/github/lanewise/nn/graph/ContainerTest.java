package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class ContainerTest {

    static Stream<Layer> containers() {
        Linear shared = new Linear(6, 6);
        return Stream.of(
                new Identity(),
                new Reshape(2, 3),
                new Residual(),
                new Residual(new Linear(6, 9), new ReLU(), new Linear(9, 6)),
                new Residual(new Linear(6, 6), new ReLU()),
                new Residual(new ReLU()),
                new Concat(new Identity()),
                new Concat(new Linear(6, 3), new Identity(), new ReLU(), new Linear(6, 5)),
                new Concat(shared, new Sequential(new ReLU(), shared)),
                new Sequential(
                        new Linear(6, 8),
                        new ReLU(),
                        new Residual(new Linear(8, 8), new ReLU()),
                        new Concat(new Linear(8, 2), new Softmax()),
                        new Residual(new Residual(new Linear(10, 10))),
                        new Linear(10, 3)));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void backwardAgreesWithCentralDifferences(Layer layer) {
        GradientCheck.Result result = GradientCheck.of(layer, new Shape(6), 5, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void residualAddsWhatItTakes() {
        Matrix x = gaussian(4, 6, 1);
        Linear inside = new Linear(6, 6);
        float[] f = forward(inside, x);
        float[] y = forward(new Residual(inside), x);
        for (int i = 0; i < y.length; i++) {
            assertEquals(x.data()[i] + f[i], y[i]);
        }
    }

    @Test
    void branchesStandSideBySide() {
        Matrix x = gaussian(4, 6, 1);
        Linear branch = new Linear(6, 2);
        float[] f = forward(branch, x);
        float[] y = forward(new Concat(branch, new Identity()), x);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 8; j++) {
                assertEquals(j < 2 ? f[2 * i + j] : x.at(i, j - 2), y[8 * i + j]);
            }
        }
    }

    private static float[] forward(Layer layer, Matrix x) {
        Pass pass = layer.bind(new Shape(x.cols()), Workspace.inference(x.rows()));
        return Matrices.values(pass.forward(x));
    }

    @Test
    void channelsOfImagesStandOneAboveAnother() {
        Layer split = new Concat(new Reshape(2, 3, 4), new Reshape(2, 3, 4));
        assertEquals(new Shape(4, 3, 4), split.outputShape(new Shape(24)));
    }

    @Test
    void reshapeKeepsTheNumbersWhereTheyAre() {
        Matrix x = gaussian(4, 6, 1);
        assertEquals(new Shape(3, 2), new Reshape(3, 2).outputShape(new Shape(6)));
        assertArrayEquals(Matrices.values(x), forward(new Reshape(3, 2), x));
    }

    @Test
    void wrongShapesAreNamed() {
        assertRefused(
                "Residual: input is 6, the layers make 4 of it; both must be equal to be added",
                new Residual(new Linear(6, 5), new Linear(5, 4)));
        assertRefused(
                "Residual[1] Linear(4 -> 6): input has 5 features, the layer takes 4; the layer"
                        + " before it, Linear(6 -> 5), makes 5",
                new Residual(new Linear(6, 5), new Linear(4, 6)));
        assertRefused(
                "Sequential[1] Concat[1] Linear(5 -> 6): input has 6 features, the layer takes 5",
                new Sequential(new ReLU(), new Concat(new ReLU(), new Linear(5, 6))));
        assertRefused(
                "Concat: shapes differ: 6 and 2x3; all but the first dimension must be equal",
                new Concat(new Identity(), new Reshape(2, 3)));
        assertRefused(
                "Reshape(2x4): input is 6, which has 6 features; it must have 8",
                new Reshape(2, 4));
    }

    private static void assertRefused(String message, Layer layer) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> layer.bind(new Shape(6), Workspace.training(4)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void branchesAreRequired() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Concat());
        assertEquals("Concat: no branches; give at least one layer", e.getMessage());
    }

    @Test
    void parametersHavePathsInOrder() {
        Layer model = new Sequential(new Residual(new Linear(6, 6)), new Concat(new Linear(6, 2)));
        assertEquals(
                List.of("0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias"),
                List.copyOf(model.parameters().keySet()));
    }

    @Test
    void printsAsPyTorchDoes() {
        assertEquals(
                """
                Residual(
                  (0): Linear(6 -> 6)
                  (1): Concat(
                    (0): Identity()
                    (1): Reshape(2x3)
                  )
                )\
                """,
                new Residual(new Linear(6, 6), new Concat(new Identity(), new Reshape(2, 3)))
                        .toString());
    }

    /** To ask each block twice took 2^60 calls. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void blocksMayNestDeeply() {
        Layer block = new Linear(2, 2);
        for (int i = 0; i < 60; i++) {
            block = new Residual(block);
        }
        assertEquals(new Shape(2), block.inputShape());
    }
}
