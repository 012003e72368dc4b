package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.model.Example;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.SequencedMap;
import java.util.stream.Stream;

class GradientCheckTest {

    static Stream<Layer> layers() {
        return Stream.of(
                new Linear(7, 5),
                new Linear(1, 1),
                new Linear(6, 33).withoutBias(),
                new ReLU(),
                new Flatten(),
                new Softmax(),
                new LogSoftmax(),
                new Sequential(),
                new Sequential(new Linear(7, 9), new ReLU(), new Linear(9, 4)),
                new Sequential(new Flatten(), new Linear(7, 9), new ReLU()),
                new Sequential(new GELU(), new Linear(7, 9), new GELU(), new Linear(9, 4)),
                new Sequential(new Linear(7, 9), new Tanh(), new Linear(9, 4), new Sigmoid()),
                shared(new Linear(7, 7)),
                new FeatureScale(7),
                new ParametricActivation(new SELU(), 7),
                new ParametricActivation(new Mish(), 7),
                new PeriodicEmbedding(7, 5, 4, 0.3f),
                new Sequential(new Linear(7, 3), new PeriodicEmbedding(3, 2, 2, 1)),
                shared(new FeatureScale(7)),
                new PReLU(),
                new PReLU(7, -0.3f),
                shared(new PReLU(1, 0.1f)),
                new Sequential(new Linear(7, 9), new PReLU(9, 0.5f), new Linear(9, 4)),
                new Sequential(new ReLU(), new Linear(7, 9), new ReLU(), new Softmax()),
                new Sequential(
                        new Sequential(new Linear(7, 6), new ReLU()),
                        new Sequential(new ReLU(), new Linear(6, 3), new LogSoftmax())));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardAgreesWithCentralDifferences(Layer layer) {
        GradientCheck.Result result = GradientCheck.of(layer, inputOf(layer), 5, 1);
        assertTrue(result.passed(), result::toString);
    }

    /** Every activation of the library that does not jump, and a slope that needs the input. */
    static Stream<Layer> activations() {
        return Stream.concat(
                Stream.of(new LeakyReLU(-0.2f)),
                Example.all().stream()
                        .map(Example::model)
                        .filter(layer -> layer instanceof Nonlinearity f && !jumps(f.function())));
    }

    private static boolean jumps(Activation f) {
        return switch (f.kind()) {
            case HARD_SHRINK, THRESHOLD -> true;
            case SOFTPLUS -> f.beta() < 18; // where it becomes x, floats see it
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAgreeWithCentralDifferencesAloneAndBetweenLayers(Layer activation) {
        GradientCheck.Result alone = GradientCheck.of(activation, new Shape(7), 5, 1);
        assertTrue(alone.passed(), alone::toString);
        Layer model = new Sequential(new Linear(7, 9), activation, new Linear(9, 4));
        GradientCheck.Result between = GradientCheck.of(model, new Shape(7), 5, 1);
        assertTrue(between.passed(), between::toString);
    }

    private static Layer shared(Layer layer) {
        return new Sequential(layer, new ReLU(), layer);
    }

    private static Shape inputOf(Layer layer) {
        if (layer instanceof Linear linear) {
            return new Shape(linear.weight().value().rows());
        }
        return new Shape(7);
    }

    @Test
    void preluOfImagesAgreesWithCentralDifferences() {
        GradientCheck.Result result =
                GradientCheck.of(new PReLU(3, 0.2f), new Shape(3, 2, 4), 5, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void oneWrongElementIsNamed() {
        Linear linear = new Linear(3, 2);
        GradientCheck.Result result = GradientCheck.of(new OffByOne(linear), new Shape(3), 4, 1);
        assertFalse(result.passed());
        assertEquals("weight", result.array());
        assertEquals(4, result.index());
        assertEquals(result.expected() + 1, result.got(), 1e-3);
        assertTrue(
                result.toString()
                        .startsWith("GradientCheck: OffByOne: worst of 20: weight[4]: backward"),
                result::toString);
    }

    @Test
    void parametersKeepTheirValues() {
        Linear linear = new Linear(3, 2);
        float[] before = linear.weight().value().data().clone();
        GradientCheck.of(linear, new Shape(3), 4, 1);
        assertArrayEquals(before, linear.weight().value().data());
    }

    /** A linear layer that gets one element of the weight's gradient wrong. */
    private record OffByOne(Linear linear) implements Layer {

        @Override
        public Shape outputShape(Shape input) {
            return linear.outputShape(input);
        }

        @Override
        public SequencedMap<String, Param> parameters() {
            return linear.parameters();
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            Pass pass = linear.bind(input, workspace);
            return new Pass() {
                @Override
                public Matrix forward(Matrix inputs) {
                    return pass.forward(inputs);
                }

                @Override
                public Matrix backward(Matrix outputGradient) {
                    Matrix inputGradient = pass.backward(outputGradient);
                    linear.weight().gradient().data()[4] += 1;
                    return inputGradient;
                }
            };
        }

        @Override
        public String toString() {
            return "OffByOne";
        }
    }
}
