package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.GradientCheck;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class ModelTest {

    static Stream<Model> models() {
        Input x = new Input(6);
        Input z = new Input(2, 2);
        Linear shared = new Linear(6, 6);
        Value once = x.then(shared, new ReLU());
        Value twice = once.then(shared);
        Value joined = Value.concat(twice, z.then(new Flatten()), x);
        Value gate = x.then(new Linear(6, 6), new Softmax());
        Model inner = new Model(List.of(x, z), List.of(joined));
        Value siamese = Value.merge(inner, x, z).minus(Value.merge(inner, twice, z));
        return Stream.of(
                new Model(x, x),
                new Model(x, twice),
                new Model(x, once.plus(twice)),
                new Model(x, once.plus(once)),
                new Model(x, x.times(x)),
                new Model(x, gate.times(twice).minus(x)),
                new Model(List.of(x, z), List.of(joined)),
                new Model(List.of(z, x), List.of(joined, once, twice)),
                new Model(List.of(x), List.of(once, once.then(new Linear(6, 2), new ReLU()))),
                new Model(List.of(x, z), List.of(siamese.then(new ReLU(), new Linear(16, 3)))));
    }

    /** Of seed 1 one sample sits on a kink of the ReLU, which no difference quotient can tell. */
    @ParameterizedTest
    @MethodSource("models")
    void backwardAgreesWithCentralDifferences(Model model) {
        GradientCheck.Result result = GradientCheck.of(model, model.inputShape(), 5, 2);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void chainGivesTheBitsOfSequential() {
        Layer[] layers = {new Linear(6, 9), new ReLU(), new Linear(9, 4), new ReLU()};
        Input x = new Input(6);
        assertSameBits(new Sequential(layers), new Model(x, x.then(layers)));
    }

    /** The identity hides the neighbours from each other, so that nothing is fused. */
    @Test
    void fusedActivationsGiveTheBitsOfSeparateLayers() {
        Input x = new Input(6);
        Linear in = new Linear(6, 7);
        Linear left = new Linear(7, 3);
        Linear right = new Linear(7, 3);
        Value hidden = x.then(in, new ReLU());
        Value fused = hidden.then(left, new ReLU()).plus(hidden.then(right, new ReLU()));
        Value apart = x.then(in, new Identity(), new ReLU());
        Value separate =
                apart.then(left, new Identity(), new ReLU())
                        .plus(apart.then(right, new Identity(), new ReLU()));
        assertSameBits(new Model(x, separate), new Model(x, fused));
    }

    private static void assertSameBits(Layer expected, Layer actual) {
        List<float[]> first = step(expected);
        List<float[]> second = step(actual);
        assertEquals(first.size(), second.size());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i), second.get(i));
        }
    }

    /** Returns outputs of training and of inference, input gradient and all gradients. */
    private static List<float[]> step(Layer model) {
        Shape input = new Shape(6);
        model.parameters().values().forEach(Param::clearGradient);
        Pass pass = model.bind(input, Workspace.training(9));
        Matrix x = gaussian(9, 6, 1);
        float[] outputs = values(pass.forward(x));
        Matrix dx = pass.backward(gaussian(9, model.outputShape(input).features(), 2));
        Matrix inference = model.bind(input, Workspace.inference(9)).forward(x);
        assertArrayEquals(outputs, values(inference));
        Stream<float[]> gradients =
                model.parameters().values().stream().map(p -> values(p.gradient()));
        return Stream.concat(Stream.of(outputs, values(dx)), gradients).toList();
    }

    /** One and two huge numbers that cancel: another order would lose the one. */
    @Test
    void gradientsOfAValueAreAddedFromItsLastTakerToItsFirst() {
        Input x = new Input(1);
        List<Value> takers =
                List.of(
                        x.then(new Identity()),
                        x.then(new Identity()),
                        x.then(new Identity()),
                        x.then(new Identity()));
        Model model = new Model(List.of(x), takers);
        Pass pass = model.bind(new Shape(1), Workspace.training(1));
        pass.forward(Matrix.row(0));
        assertEquals(3, pass.backward(Matrix.row(1, 2, 1e8f, -1e8f)).at(0, 0));
        assertEquals(0, pass.backward(Matrix.row(-1e8f, 1e8f, 2, 1)).at(0, 0));
    }

    @Test
    void whatALayerComplainsOfWhenBoundIsLocated() {
        Layer picky =
                new Layer() {
                    @Override
                    public Shape outputShape(Shape input) {
                        return input;
                    }

                    @Override
                    public Pass bind(Shape input, Workspace workspace) {
                        throw new IllegalArgumentException("Picky(): the batch is too small");
                    }
                };
        Input x = new Input(6);
        Model model = new Model(x, x.then(new ReLU(), picky));
        assertRefused(
                "Model[2] Picky(): the batch is too small",
                () -> model.bind(new Shape(6), Workspace.training(1)));
    }

    @Test
    void sharedLayerIsListedOnceUnderItsFirstCall() {
        Input x = new Input(6);
        Linear shared = new Linear(6, 6);
        Model model = new Model(x, x.then(new ReLU(), shared, shared, new Linear(6, 1)));
        assertEquals(
                List.of("2.weight", "2.bias", "4.weight", "4.bias"),
                List.copyOf(model.parameters().keySet()));
    }

    @Test
    void nodesAreNumberedAfterTheInputsDepthFirst() {
        Input x = new Input(6);
        Input z = new Input(4);
        Value left = x.then(new Linear(6, 4), new ReLU());
        assertEquals(
                """
                Model(
                  (0): Input(6)
                  (1): Input(4)
                  (2): Linear(6 -> 4) <- 0
                  (3): ReLU() <- 2
                  (4): Residual(
                    (0): Linear(4 -> 4)
                  ) <- 1
                  (5): Add() <- 3, 4
                  outputs: 5, 3
                )\
                """,
                new Model(
                                List.of(x, z),
                                List.of(left.plus(z.then(new Residual(new Linear(4, 4)))), left))
                        .toString());
    }

    @Test
    void wrongShapeIsRefusedWhenTheLayerIsCalled() {
        Input x = new Input(2);
        Value hidden = x.then(new Linear(2, 30), new ReLU());
        assertRefused(
                "Model[3] Linear(20 -> 10): input has 30 features, the layer takes 20;"
                        + " the layer before it, Linear(2 -> 30), makes 30",
                () -> hidden.then(new Linear(20, 10)));
        assertRefused(
                "Model[3] Add(): shapes differ: 30 and 2; they must be equal, or 1 where they"
                        + " differ",
                () -> hidden.plus(x));
        assertRefused("Concatenate(): no inputs; give one or more", () -> Value.concat());
        assertRefused(
                "Model[2] Concatenate(): shapes differ: 2 and 3x1; all but the first dimension"
                        + " must be equal",
                () -> Value.concat(x, new Input(3, 1)));
    }

    @Test
    void wrongWiringIsRefused() {
        Input x = new Input(6);
        Input z = new Input(4);
        Value y = x.then(new ReLU());
        assertRefused(
                "Model: input 1, Input(4), leads to no output; use it or leave it out",
                () -> new Model(List.of(x, z), List.of(y)));
        assertRefused(
                "Model: the outputs need Input(4), which is not among the inputs; list it",
                () -> new Model(x, Value.concat(y, z)));
        assertRefused(
                "Model: output 1 is output 0 again: Value(ReLU(), 6); list each once, or what"
                        + " Identity makes of it",
                () -> new Model(List.of(x), List.of(y, y)));
        assertRefused(
                "Model: input 1 is input 0 again: Input(6); list each once",
                () -> new Model(List.of(x, x), List.of(y)));
        assertRefused(
                "Model: no outputs; give at least one", () -> new Model(List.of(x), List.of()));
    }

    @Test
    void wrongInputIsRefusedWhenTheModelIsBound() {
        Input x = new Input(6);
        Input z = new Input(2, 2);
        Workspace workspace = Workspace.inference(1);
        assertRefused(
                "Model: input is 7, the model takes 6",
                () -> new Model(x, x.then(new ReLU())).bind(new Shape(7), workspace));
        Model joint = new Model(List.of(x, z), List.of(x.then(new ReLU()), z));
        assertRefused(
                "Model: input is 11, the model takes 10: [6, 2x2] side by side; give Dataset.zip"
                        + " one dataset each",
                () -> joint.bind(new Shape(11), workspace));
        assertRefused(
                "Model[2] Model: inputs are [2x2, 6], the model takes [6, 2x2]",
                () -> Value.merge(joint, z, x));
    }

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage());
    }

    @Test
    void thousandsOfLayersDoNotOverflowTheStack() {
        Input x = new Input(1);
        Value value = x;
        for (int i = 0; i < 20_000; i++) {
            value = value.then(new ReLU());
        }
        assertNotNull(new Model(x, value));
    }

    @Test
    void outputsOfAPredictionAreSplit() {
        Input x = new Input(2);
        Model model = new Model(List.of(x), List.of(x.plus(x), x));
        Matrix rows = Matrix.of(new float[] {1, 2, 3, 4}, 2, 2);
        Matrix all = new Trainer(model, new MSELoss(), new SGD(0)).predict(rows, new Shape(2));
        List<Matrix> outputs = model.splitOutputs(all);
        assertArrayEquals(new float[] {2, 4, 6, 8}, values(outputs.get(0)));
        assertArrayEquals(new float[] {1, 2, 3, 4}, values(outputs.get(1)));
    }

    @Test
    void inputsOfSamplesAreSplit() {
        Input x = new Input(2);
        Input z = new Input(1);
        Model model = new Model(List.of(x, z), List.of(x, z));
        Matrix samples = Matrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        List<Matrix> inputs = model.splitInputs(samples);
        assertArrayEquals(new float[] {1, 2, 4, 5}, values(inputs.get(0)));
        assertArrayEquals(new float[] {3, 6}, values(inputs.get(1)));
        assertRefused(
                "Model: inputs are 2x2; a row of them has 3 features",
                () -> model.splitInputs(Matrix.zeros(2, 2)));
    }
}
