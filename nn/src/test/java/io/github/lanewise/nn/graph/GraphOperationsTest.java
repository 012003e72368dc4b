package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Lambda;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Slice;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations on values against PyTorch and central differences. */
class GraphOperationsTest {

    private static final Shape IMAGE = new Shape(2, 3, 4);

    private static Layer one(UnaryOperator<Value> operation) {
        Input x = new Input(IMAGE);
        return new Model(x, operation.apply(x));
    }

    private static Layer two(Shape first, Shape second, BinaryOperator<Value> operation) {
        Input a = new Input(first);
        Input b = new Input(second);
        return new Model(List.of(a, b), List.of(operation.apply(a, b)));
    }

    private static Layer model(String name) {
        String[] words = name.split(" ");
        return switch (words[0]) {
            case "permute" -> one(x -> x.permute(2, 0, 1));
            case "slice" ->
                    name.equals("slice")
                            ? one(x -> x.slice(1, 1, 3))
                            : one(x -> x.then(new Slice(2, 1, 4, 2)));
            case "split" ->
                    one(
                            x -> {
                                List<Value> parts = x.split(2, 1, 3);
                                return Value.concat(2, parts.get(1), parts.get(0));
                            });
            case "scalars" -> one(x -> x.times(2.5f).plus(1.5f).minus(4).divide(3));
            case "constant" -> one(x -> x.times(Value.constant(new Shape(4), 1.5f, -2, 0.25f, 3)));
            case "concat", "stack" -> joined(words[0], Integer.parseInt(words[1]));
            case "sum", "mean", "max", "norm" -> reduced(words[0], Integer.parseInt(words[1]));
            default -> broadcast(words[0], words[1]);
        };
    }

    private static Layer joined(String name, int axis) {
        return name.equals("stack")
                ? two(IMAGE, IMAGE, (a, b) -> Value.stack(axis, a, b))
                : two(IMAGE, IMAGE, (a, b) -> Value.concat(axis, a, b, a));
    }

    private static Layer reduced(String name, int axis) {
        return switch (name) {
            case "sum" -> one(x -> x.sum(axis));
            case "mean" -> one(x -> x.mean(axis));
            case "max" -> one(x -> x.max(axis));
            default -> one(x -> x.norm(axis));
        };
    }

    private static Layer broadcast(String name, String shapes) {
        BinaryOperator<Value> operation =
                switch (name) {
                    case "plus" -> Value::plus;
                    case "minus" -> Value::minus;
                    case "times" -> Value::times;
                    case "divide" -> (a, b) -> a.divide(b.times(b).plus(0.5f));
                    default -> throw new IllegalArgumentException(name);
                };
        return switch (shapes) {
            case "2x1x1" -> two(IMAGE, new Shape(2, 1, 1), operation);
            case "1x3x1" -> two(IMAGE, new Shape(1, 3, 1), operation);
            case "both" -> two(new Shape(2, 1, 4), new Shape(1, 3, 1), operation);
            case "equal" -> two(IMAGE, IMAGE, operation);
            default -> throw new IllegalArgumentException(shapes);
        };
    }

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("graphs");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void operationMatchesPyTorch(GoldenCase golden) {
        TorchNumbers.check(golden, model(golden.name()));
    }

    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void backwardAgreesWithCentralDifferences(GoldenCase golden) {
        GradientCheck.Result result =
                GradientCheck.of(model(golden.name()), golden.sample("x"), 2, 1);
        assertTrue(result.passed(), result::toString);
    }

    /** A mask of the batch's own, a scale and a skip: values go several ways. */
    @Test
    void operationsWorkBetweenLayersWithParameters() {
        Input x = new Input(3, 4);
        Value scores = x.then(new Linear(4, 4)).times(x.mean(0));
        Value weighted = scores.divide(scores.norm(1).then(new Linear(3, 1)).plus(3));
        Model model = new Model(x, weighted.plus(x).max(0).minus(Value.constant(new Shape(1), 2)));
        GradientCheck.Result result = GradientCheck.of(model, new Shape(3, 4), 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void normOfZerosHasGradientZero() {
        Layer norm = new Reduce(Reduce.Kind.NORM, 0).keepDim();
        assertEquals(new Shape(1), norm.outputShape(new Shape(3)));
        Pass pass = norm.bind(new Shape(3), Workspace.training(1));
        assertArrayEquals(new float[] {0}, values(pass.forward(Matrix.zeros(1, 3))));
        assertArrayEquals(new float[3], values(pass.backward(Matrix.row(1))));
    }

    @Test
    void lambdaIsAFunctionWithItsGradient() {
        Lambda cube =
                new Lambda(
                        "Cube",
                        (x, y) -> {
                            for (int k = 0; k < y.size(); k++) {
                                float value = x.at(k / y.cols(), k % y.cols());
                                y.data()[k] = value * value * value;
                            }
                        },
                        (x, y, dy, dx) -> {
                            for (int k = 0; k < dx.size(); k++) {
                                float value = x.at(k / dx.cols(), k % dx.cols());
                                float gradient = dy.at(k / dx.cols(), k % dx.cols());
                                dx.data()[k] = 3 * value * value * gradient;
                            }
                        });
        Layer model = new Sequential(new Linear(4, 3), cube, new Linear(3, 2));
        GradientCheck.Result result = GradientCheck.of(model, new Shape(4), 3, 1);
        assertTrue(result.passed(), result::toString);
        assertEquals("Cube()", cube.toString());
        assertThrows(IllegalStateException.class, () -> cube.outputShape(shape -> shape));
    }

    @Test
    void constantsNeedNoInputAndGiveNoGradient() {
        Input x = new Input(2);
        Model model = new Model(x, Value.concat(x, Value.constant(new Shape(1), 7)));
        Pass pass = model.bind(new Shape(2), Workspace.training(2));
        Matrix inputs = gaussian(2, 2, 1);
        float[] y = values(pass.forward(inputs));
        assertEquals(7, y[2]);
        assertEquals(7, y[5]);
        assertArrayEquals(
                new float[] {1, 2, 4, 5},
                values(pass.backward(Matrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))));
        assertTrue(model.toString().contains("Constant(1)"), model::toString);
        assertEquals(0, Summary.of(model).parameters());
    }

    static Stream<Executable> wrong() {
        Input x = new Input(IMAGE);
        return Stream.of(
                () -> x.permute(0, 1),
                () -> x.permute(0, 1, 1),
                () -> x.slice(1, 2, 4),
                () -> x.slice(1, 2, 2),
                () -> x.slice(3, 0, 1),
                () -> x.split(1, 1, 1),
                () -> x.sum(3),
                () -> x.mean(-1),
                () -> x.plus(new Input(2)),
                () -> x.divide(new Input(2, 3)),
                () -> Value.concat(1, x, new Input(2, 3, 5)),
                () -> Value.concat(1),
                () -> Value.stack(4, x, x),
                () -> Value.stack(0, x, new Input(2, 3, 5)),
                () -> Value.constant(new Shape(3), 1, 2),
                () -> x.times(Float.NaN),
                () -> x.divide(0));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDoesNotFitIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    @Test
    void messagesNameOperationAndShapes() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> new Input(2, 3).divide(new Input(2)));
        assertEquals(
                "Model[2] Divide(broadcasting): shapes differ: 2x3 and 2; from the last axis on,"
                        + " each must be equal or 1",
                e.getMessage());
        assertEquals("Permute(2, 0, 1)", new Permute(2, 0, 1).toString());
    }
}
