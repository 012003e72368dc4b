package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Tanh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

class SequentialTest {

    @Test
    void parametersHavePathsInOrder() {
        Sequential model =
                new Sequential(
                        new Linear(2, 3),
                        new ReLU(),
                        new Sequential(new Linear(3, 3).withoutBias(), new Linear(3, 1)));
        assertEquals(
                List.of("0.weight", "0.bias", "2.0.weight", "2.1.weight", "2.1.bias"),
                List.copyOf(model.parameters().keySet()));
    }

    @Test
    void sharedLayerIsListedOnce() {
        Linear shared = new Linear(3, 3);
        Sequential model = new Sequential(shared, new ReLU(), shared);
        assertEquals(List.of("0.weight", "0.bias"), List.copyOf(model.parameters().keySet()));
    }

    @Test
    void printsAsPyTorchDoes() {
        assertEquals(
                """
                Sequential(
                  (0): Flatten()
                  (1): Sequential(
                    (0): Linear(2 -> 3)
                    (1): ReLU()
                  )
                  (2): Linear(3 -> 1, no bias)
                )\
                """,
                new Sequential(
                                new Flatten(),
                                new Sequential(new Linear(2, 3), new ReLU()),
                                new Linear(3, 1).withoutBias())
                        .toString());
    }

    @Test
    void wrongFeaturesNameBothLayers() {
        assertBindFails(
                "Sequential[2] Linear(20 -> 10): input has 30 features, the layer takes 20;"
                        + " the layer before it, Linear(2 -> 30), makes 30",
                new Shape(2),
                new Linear(2, 30),
                new ReLU(),
                new Linear(20, 10));
    }

    @Test
    void wrongInputOfTheModelNamesTheFirstLayer() {
        assertBindFails(
                "Sequential[0] Linear(784 -> 10): input has 783 features, the layer takes 784",
                new Shape(783),
                new Linear(784, 10));
    }

    @Test
    void wrongFeaturesInsideANestedModelNameTheWayThere() {
        assertBindFails(
                "Sequential[1] Sequential[0] Linear(4 -> 2): input has 3 features, the layer takes"
                        + " 4; the layer before it, Linear(2 -> 3), makes 3",
                new Shape(2),
                new Linear(2, 3),
                new Sequential(new Linear(4, 2)));
    }

    @Test
    void imageForALinearLayerAsksForFlatten() {
        assertBindFails(
                "Sequential[0] Linear(784 -> 10): input is 1x28x28, the layer takes 784 features;"
                        + " put a Flatten before it",
                new Shape(1, 28, 28),
                new Linear(784, 10));
    }

    private static void assertBindFails(String message, Shape input, Layer... layers) {
        Sequential model = new Sequential(layers);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> model.bind(input, Workspace.training(4)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void wrongBatchIsNamed() {
        Pass pass = new Sequential(new ReLU()).bind(new Shape(3), Workspace.inference(4));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> pass.forward(Matrix.zeros(5, 3)));
        assertEquals(
                "forward: Sequential: inputs are 5x3; the pass was bound to 4x3", e.getMessage());
    }

    static Stream<Layer> activations() {
        return Stream.of(new ReLU(), new LeakyReLU(-0.5f), new ELU(), new Tanh(), new GELU());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void fusedActivationsGiveTheBitsOfSeparateLayers(Layer f) {
        Linear first = new Linear(11, 23);
        Linear second = new Linear(23, 6);
        Sequential fused = new Sequential(first, f, second, f);
        Sequential separate = new Sequential(new Unfused(first), f, new Unfused(second), f);
        assertSameBits(run(fused, Workspace.training(9)), run(separate, Workspace.training(9)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void inferenceGivesTheBitsOfTraining(Layer f) {
        Sequential model = new Sequential(new Linear(11, 23), f, new Linear(23, 6), f);
        Matrix inputs = gaussian(9, 11, 1);
        Matrix training = model.bind(new Shape(11), Workspace.training(9)).forward(inputs);
        Matrix inference = model.bind(new Shape(11), Workspace.inference(9)).forward(inputs);
        assertArrayEquals(values(training), values(inference));
    }

    @Test
    void unwantedInputGradientIsNotReturnedAndChangesNothingElse() {
        Sequential model = new Sequential(new Flatten(), new Linear(11, 5), new ReLU());
        float[][] wanted = run(model, Workspace.training(9));
        float[][] unwanted = run(model, Workspace.training(9).inputGradient(false));
        assertNull(unwanted[1]);
        assertArrayEquals(wanted[0], unwanted[0]);
        assertArrayEquals(wanted[2], unwanted[2]);
    }

    /** Returns outputs, input gradient (or null) and all parameter gradients after one step. */
    private static float[][] run(Layer model, Workspace workspace) {
        model.parameters().values().forEach(Param::clearGradient);
        Shape input = new Shape(11);
        Pass pass = model.bind(input, workspace);
        float[] outputs = values(pass.forward(gaussian(9, 11, 1)));
        Matrix dy = gaussian(9, model.outputShape(input).features(), 2);
        Matrix dx = pass.backward(dy);
        float[] gradients = new float[weights(model).length];
        int at = 0;
        for (Param parameter : model.parameters().values()) {
            System.arraycopy(values(parameter.gradient()), 0, gradients, at, parameter.size());
            at += parameter.size();
        }
        return new float[][] {outputs, dx == null ? null : values(dx), gradients};
    }

    private static void assertSameBits(float[][] expected, float[][] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i]);
        }
    }

    @Test
    void backwardBeforeForwardIsRefused() {
        Pass pass = new Linear(2, 3).bind(new Shape(2), Workspace.training(1));
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> pass.backward(Matrix.zeros(1, 3)));
        assertEquals(
                "backward: Linear(2 -> 3): no forward call came before; call forward first",
                e.getMessage());
    }

    @Test
    void backwardOfAnInferencePassIsRefused() {
        Pass pass = new Linear(2, 3).bind(new Shape(2), Workspace.inference(1));
        pass.forward(Matrix.zeros(1, 2));
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> pass.backward(Matrix.zeros(1, 3)));
        assertEquals(
                "backward: Linear(2 -> 3): the pass is for inference;"
                        + " bind it with Workspace.training(batch)",
                e.getMessage());
    }

    /** A layer behind a wrapper that is not {@link Fusible}. */
    private record Unfused(Linear layer) implements Layer {

        @Override
        public Shape outputShape(Shape input) {
            return layer.outputShape(input);
        }

        @Override
        public SequencedMap<String, Param> parameters() {
            return layer.parameters();
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            return layer.bind(input, workspace);
        }
    }
}
