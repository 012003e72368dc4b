package io.github.lanewise.nn.init;

import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.GoldenArguments;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** The initializers: PyTorch's bounds and deviations, the numbers drawn, who draws what. */
class InitializerTest {

    static Stream<GoldenCase> cases() {
        return Golden.cases("initializers");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deviationsMatchPyTorch(GoldenCase golden) {
        Fans fans = fans(golden.hyper().integers("weight_shape"));
        VarianceScaling initializer = initializer(golden.hyper());
        golden.checkDoubles("fan_in", fans.in());
        golden.checkDoubles("fan_out", fans.out());
        golden.checkDoubles("gain", initializer.gain());
        golden.checkDoubles("std", initializer.deviation(fans));
        if (golden.hasOutput("bound")) {
            golden.checkDoubles("bound", initializer.bound(fans));
        }
        // the fans are given, so a matrix of any size will do: one large enough to judge
        Matrix weight = Matrix.zeros(300, 200);
        initializer.fill(weight, fans, new RandomStream(1));
        double deviation = initializer.deviation(fans);
        assertEquals(0, mean(weight), 5 * deviation / Math.sqrt(weight.size()));
        // five standard errors of the deviation of normal variates
        double error = 5 * deviation / Math.sqrt(2.0 * weight.size());
        assertEquals(deviation, deviation(weight), error);
        if (golden.hasOutput("bound")) {
            double largest = largest(weight);
            assertTrue(largest <= (float) initializer.bound(fans));
            assertTrue(largest > 0.99 * initializer.bound(fans));
        }
    }

    private static Fans fans(int[] shape) {
        int field = Arrays.stream(shape).skip(2).reduce(1, Math::multiplyExact);
        return Fans.ofColumns(shape[1] * field, shape[0] * field);
    }

    private static VarianceScaling initializer(GoldenArguments hyper) {
        VarianceScaling initializer =
                switch (hyper.text("kind")) {
                    case "kaiming_uniform" -> Initializer.kaimingUniform();
                    case "kaiming_normal" -> Initializer.kaimingNormal();
                    case "xavier_uniform" -> Initializer.xavierUniform();
                    case "xavier_normal" -> Initializer.xavierNormal();
                    default -> throw new IllegalArgumentException(hyper.toString());
                };
        initializer = initializer.gain(gain(hyper));
        boolean kaiming = hyper.text("kind").startsWith("kaiming");
        return switch (hyper.text("mode")) {
            case "fan_in" -> requireMode(hyper, kaiming, initializer);
            case "fan_out" -> requireMode(hyper, kaiming, initializer.fanOut());
            case "both" -> requireMode(hyper, !kaiming, initializer);
            default -> throw new IllegalArgumentException(hyper.toString());
        };
    }

    private static VarianceScaling requireMode(
            GoldenArguments hyper, boolean fits, VarianceScaling initializer) {
        assertTrue(fits, hyper::toString);
        return initializer;
    }

    private static double gain(GoldenArguments hyper) {
        return switch (hyper.text("nonlinearity")) {
            case "relu" -> Gain.RELU;
            case "linear", "sigmoid" -> Gain.LINEAR;
            case "tanh" -> Gain.TANH;
            case "selu" -> Gain.SELU;
            case "leaky_relu" -> Gain.leakyRelu(hyper.number("a"));
            default -> throw new IllegalArgumentException(hyper.toString());
        };
    }

    @Test
    void lecunKeepsTheVarianceOfInputs() {
        Fans fans = Fans.ofColumns(100, 400);
        assertEquals(0.1, Initializer.lecunNormal().deviation(fans), 1e-15);
        assertEquals(Math.sqrt(0.03), Initializer.lecunUniform().bound(fans), 1e-15);
    }

    @Test
    void truncatedWeightsHaveTheDeviationOfTheWhole() {
        Matrix weight = drawn(100, 400, Initializer.lecunNormal().truncated());
        assertEquals(0.1, deviation(weight), 0.002);
        assertTrue(largest(weight) <= 0.2 / 0.8796);
        assertTrue(largest(weight) > 0.22);
    }

    @Test
    void truncatedNormalStaysWithinItsInterval() {
        Matrix weight = drawn(100, 100, Initializer.truncatedNormal(1, 2, 0, 5));
        for (float w : values(weight)) {
            assertTrue(w >= 0 && w <= 5);
        }
        // mean of the cut distribution: 1 + 2 (phi(-1/2) - phi(2)) / (Phi(2) - Phi(-1/2))
        assertEquals(1 + 2 * (0.352065 - 0.053991) / (0.977250 - 0.308538), mean(weight), 0.06);
        assertThrows(IllegalArgumentException.class, () -> Initializer.truncatedNormal(0, 1, 3, 4));
    }

    @Test
    void normalHasItsMeanAndDeviation() {
        Matrix weight = drawn(100, 100, Initializer.normal(3, 0.5));
        assertEquals(3, mean(weight), 0.025);
        assertEquals(0.5, deviation(weight), 0.018);
    }

    @Test
    void uniformLiesBetweenItsBounds() {
        Matrix weight = drawn(100, 100, Initializer.uniform(2, 4));
        assertEquals(3, mean(weight), 0.03);
        for (float w : values(weight)) {
            assertTrue(w >= 2 && w <= 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 33})
    void orthogonalWeightsAreOrthogonal(int rows) {
        Matrix weight = drawn(rows, 20, Initializer.orthogonal(2));
        boolean byRows = rows <= 20;
        for (int i = 0; i < Math.min(rows, 20); i++) {
            for (int k = 0; k <= i; k++) {
                double dot = 0;
                for (int j = 0; j < Math.max(rows, 20); j++) {
                    dot +=
                            byRows
                                    ? (double) weight.at(i, j) * weight.at(k, j)
                                    : (double) weight.at(j, i) * weight.at(j, k);
                }
                assertEquals(i == k ? 4 : 0, dot, 1e-6);
            }
        }
    }

    @Test
    void fixedNumbersAreWritten() {
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0}, values(drawn(2, 3, Initializer.eye())));
        assertArrayEquals(new float[] {0, 0}, values(drawn(1, 2, Initializer.zeros())));
        assertArrayEquals(new float[] {1, 1}, values(drawn(1, 2, Initializer.ones())));
    }

    @Test
    void biasHasNoFans() {
        Param bias = new Param(1, 5, Initializer.kaimingNormal());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> bias.value());
        assertEquals(
                "VarianceScaling: the parameter is a bias or scale, 1x5;"
                        + " give it one that needs no fans, such as zeros()",
                e.getMessage());
    }

    @Test
    void weightOfOneInputIsStillAWeight() {
        assertEquals(Fans.ofColumns(1, 5), new Linear(1, 5).weight().fans());
    }

    @Test
    void layerDrawsItsWeightByAnotherInitializerAndKeepsItsBias() {
        Linear usual = new Linear(30, 40);
        Linear chosen = new Linear(30, 40);
        chosen.initialize(Initializer.orthogonal());
        new Sequential(usual);
        new Sequential(chosen);
        assertArrayEquals(values(usual.bias().value()), values(chosen.bias().value()));
        assertFalse(Arrays.equals(values(usual.weight().value()), values(chosen.weight().value())));
    }

    @Test
    void otherInitializerOfOneLayerLeavesTheOthersAlone() {
        Linear second = new Linear(4, 5);
        new Sequential(new Linear(3, 4), second);
        Linear secondAgain = new Linear(4, 5);
        new Sequential(new Linear(3, 4).initialize(Initializer.xavierNormal()), secondAgain);
        assertArrayEquals(values(second.weight().value()), values(secondAgain.weight().value()));
    }

    @Test
    void initializerChosenLateDrawsFromTheSameSeed() {
        Linear early = new Linear(4, 5);
        early.initialize(Initializer.kaimingUniform());
        early.initialize(7);
        Linear late = new Linear(4, 5);
        late.initialize(7);
        late.initialize(Initializer.kaimingUniform());
        assertArrayEquals(values(early.weight().value()), values(late.weight().value()));
        late.initialize(8);
        assertNotEquals(early.weight().value().at(0, 0), late.weight().value().at(0, 0));
    }

    private static Matrix drawn(int rows, int cols, Initializer initializer) {
        Matrix weight = Matrix.zeros(rows, cols);
        initializer.fill(weight, new RandomStream(5));
        return weight;
    }

    private static double mean(Matrix x) {
        double sum = 0;
        for (float value : values(x)) {
            sum += value;
        }
        return sum / x.size();
    }

    private static double deviation(Matrix x) {
        double mean = mean(x);
        double sum = 0;
        for (float value : values(x)) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / x.size());
    }

    private static double largest(Matrix x) {
        double largest = 0;
        for (float value : values(x)) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void numbersThatCannotBeDrawnFromAreRefused() {
        assertRefused("from 1.0 to -1.0", () -> Initializer.uniform(1, -1));
        assertRefused("from 1.0 to -1.0", () -> Initializer.uniform(-1));
        assertRefused("from NaN to 1.0", () -> Initializer.uniform(Float.NaN, 1));
        assertRefused("deviation -1.0", () -> Initializer.normal(0, -1));
        assertRefused("mean Infinity", () -> Initializer.normal(Double.POSITIVE_INFINITY, 1));
        assertRefused("gain is NaN", () -> Initializer.orthogonal(Double.NaN));
    }

    private static void assertRefused(String what, Executable make) {
        String message = assertThrows(IllegalArgumentException.class, make).getMessage();
        assertTrue(message.contains(what), message);
    }
}
