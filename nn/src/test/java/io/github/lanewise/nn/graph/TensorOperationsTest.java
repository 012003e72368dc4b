package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Products of values, trained values, selection and functions: formulas in double, gradients. */
class TensorOperationsTest {

    private static Model product(Shape first, Shape second) {
        Input a = new Input(first);
        Input b = new Input(second);
        return new Model(List.of(a, b), List.of(Value.merge(new MatMul(), a, b)));
    }

    private static void requireGradient(Layer layer, Shape input) {
        GradientCheck.Result result = GradientCheck.of(layer, input, 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 4, 5", "2, 1, 1, 1", "3, 2, 7, 1", "6, 5, 1, 4"})
    void productIsThatOfEachBlock(int blocks, int m, int k, int n) {
        Model model = product(new Shape(blocks, m, k), new Shape(blocks, k, n));
        assertEquals(new Shape(blocks, m, n), model.outputShape(model.inputShape()));
        Matrix x = gaussian(3, blocks * (m * k + k * n), 1);
        Matrix y = model.bind(model.inputShape(), Workspace.inference(3)).forward(x);
        for (int s = 0; s < 3; s++) {
            for (int j = 0; j < blocks * m * n; j++) {
                int block = j / (m * n);
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    int left = block * m * k + j / n % m * k + p;
                    int right = blocks * m * k + block * k * n + p * n + j % n;
                    sum += (double) x.at(s, left) * x.at(s, right);
                }
                assertEquals(sum, y.at(s, j), 1e-5 * k);
            }
        }
        requireGradient(model, model.inputShape());
    }

    /** Attention, written out. */
    @Test
    void productsWorkBetweenLayers() {
        Input x = new Input(4, 6);
        Value q = x.then(new Linear(6, 6));
        Value k = x.then(new Linear(6, 6).withoutBias()).permute(1, 0);
        Value weights = Value.merge(new MatMul(), q, k).then(new Softmax());
        requireGradient(new Model(x, Value.merge(new MatMul(), weights, x)), new Shape(4, 6));
    }

    @Test
    void learnedValueIsTheSameForAllSamplesAndTrained() {
        Learned token = new Learned(new Shape(2, 3));
        for (int i = 0; i < 6; i++) {
            token.weight().value().data()[i] = i + 1;
        }
        Input x = new Input(1, 3);
        Model model = new Model(x, Value.concat(Value.merge(token), x));
        Pass pass = model.bind(new Shape(1, 3), Workspace.training(2));
        float[] y = values(pass.forward(gaussian(2, 3, 1)));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Arrays.copyOf(y, 6));
        assertEquals(6, y[14]);
        pass.backward(gaussian(2, 9, 2));
        Matrix dy = gaussian(2, 9, 2);
        assertEquals(dy.at(0, 4) + dy.at(1, 4), token.weight().gradient().at(0, 4), 1e-6);
        assertEquals(new Shape(2, 3), token.weight().savedShape());
        requireGradient(
                new Model(x, x.times(Value.merge(new Learned(new Shape(3)))).plus(1)),
                new Shape(1, 3));
    }

    @Test
    void indicesChooseRepeatAndTurnRound() {
        IndexSelect layer = new IndexSelect(1, 2, 0, 0);
        assertEquals(new Shape(2, 3, 2), layer.outputShape(new Shape(2, 3, 2)));
        Matrix x = gaussian(1, 12, 1);
        Matrix y = layer.bind(new Shape(2, 3, 2), Workspace.inference(1)).forward(x);
        int[] from = {4, 5, 0, 1, 0, 1, 10, 11, 6, 7, 6, 7};
        for (int j = 0; j < from.length; j++) {
            assertEquals(x.at(0, from[j]), y.at(0, j));
        }
        requireGradient(layer, new Shape(2, 3, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Pointwise.Function.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BFLOAT16", "FLOAT16"})
    void functionsHaveTheirGradients(Pointwise.Function function) {
        Layer layer =
                function == Pointwise.Function.POW ? Pointwise.pow(3) : new Pointwise(function);
        Input x = new Input(5);
        Value in =
                switch (function) {
                    case LOG, SQRT, ABS -> x.times(x).plus(0.5f);
                    default -> x;
                };
        requireGradient(new Model(x, in.then(layer)), new Shape(5));
    }

    /** Ties go to even, what is too large to infinity, and gradients through. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT16, 1.00048828125, 1",
        "FLOAT16, 1.00146484375, 1.001953125",
        "FLOAT16, 65519.996, 65504",
        "FLOAT16, -65520, -Infinity",
        "FLOAT16, 2.9802322E-8, 0",
        "FLOAT16, 2.98023250E-8, 5.9604645E-8",
        "FLOAT16, NaN, NaN",
        "BFLOAT16, 1.00390625, 1",
        "BFLOAT16, 1.01171875, 1.015625",
        "BFLOAT16, 3.4028235E38, Infinity",
        "BFLOAT16, -3.39E38, -3.3895314E38",
        "BFLOAT16, 1E-45, 0",
        "BFLOAT16, NaN, NaN",
        "TRUNC, -2.75, -2",
        "TRUNC, 2.75, 2",
        "TRUNC, -0.75, 0",
        "TRUNC, -Infinity, -Infinity"
    })
    void numbersAreRounded(Pointwise.Function function, float x, float expected) {
        Pass pass = new Pointwise(function).bind(new Shape(1), Workspace.training(1));
        assertEquals(expected, pass.forward(Matrix.row(x)).at(0, 0));
        float gradient = function == Pointwise.Function.TRUNC ? 0 : 3;
        assertEquals(gradient, pass.backward(Matrix.row(3)).at(0, 0));
    }

    /** Values of the error function from Abramowitz and Stegun, table 7.1. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.5, 0.5204998778",
        "-1, -0.8427007929",
        "1.5, 0.9661051465",
        "2, 0.9953222650",
        "2.49, 0.9995706",
        "2.51, 0.9996143",
        "3, 0.9999779095",
        "-7, -1",
        "Infinity, 1",
        "NaN, NaN"
    })
    void errorFunctionIsThatOfTheTable(float x, double expected) {
        Layer erf = new Pointwise(Pointwise.Function.ERF);
        Matrix y = erf.bind(new Shape(1), Workspace.inference(1)).forward(Matrix.row(x));
        assertEquals(expected, y.at(0, 0), 2e-7);
    }

    @Test
    void powersAreThoseOfDouble() {
        Matrix x = Matrix.row(0.3f, -2, 4);
        Matrix y = Pointwise.pow(2).bind(new Shape(3), Workspace.inference(1)).forward(x);
        assertArrayEquals(new float[] {0.3f * 0.3f, 4, 16}, values(y));
        Matrix inverse = Pointwise.pow(-1).bind(new Shape(3), Workspace.inference(1)).forward(x);
        assertArrayEquals(new float[] {1 / 0.3f, -0.5f, 0.25f}, values(inverse));
    }

    @Test
    void conditionChoosesBetweenValues() {
        Input condition = new Input(3);
        Input a = new Input(3);
        Input b = new Input(3);
        Value chosen = Value.merge(new Where(), condition, a, b);
        Model model = new Model(List.of(condition, a, b), List.of(chosen));
        Pass pass = model.bind(new Shape(9), Workspace.training(1));
        Matrix x = Matrix.row(1, 0, -2, 10, Float.NaN, 30, -1, -2, Float.NaN);
        assertArrayEquals(new float[] {10, -2, 30}, values(pass.forward(x)));
        assertArrayEquals(
                new float[] {5, 0, 7, 0, 6, 0},
                Arrays.copyOfRange(values(pass.backward(Matrix.row(5, 6, 7))), 3, 9));
        Value step = a.then(new Pointwise(Pointwise.Function.HEAVISIDE));
        Model both = new Model(a, Value.merge(new Where(), step, a.times(3), a.times(a)));
        requireGradient(both, new Shape(3));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> product(new Shape(2, 3), new Shape(2, 3)),
                () -> product(new Shape(3), new Shape(3)),
                () -> product(new Shape(2, 3, 4), new Shape(4, 5)),
                () -> product(new Shape(2, 3, 4), new Shape(1, 4, 5)),
                () -> Value.merge(new Learned(new Shape(2)), new Input(2)),
                () -> Value.merge(new Where(), new Input(2), new Input(2)),
                () -> Value.merge(new Where(), new Input(2), new Input(2), new Input(3)),
                () -> new IndexSelect(0),
                () -> new IndexSelect(-1, 0),
                () -> new IndexSelect(0, -1),
                () -> new IndexSelect(0, 3).outputShape(new Shape(3)),
                () -> new IndexSelect(1, 0).outputShape(new Shape(3)),
                () -> new Pointwise(Pointwise.Function.POW));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDoesNotFitIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
