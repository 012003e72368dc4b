package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Clipping and constraints, against PyTorch where it has them. */
class ClippingTest {

    static Stream<GoldenCase> cases() {
        return Golden.cases("clipping");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void clippedGradientsMatchPyTorch(GoldenCase golden) {
        List<Param> parameters = new ArrayList<>();
        for (int i = 0; i < golden.hyper().integer("tensors"); i++) {
            parameters.add(parameter(golden.input("g" + i)));
        }
        if (golden.operation().equals("clip_value")) {
            float limit = (float) golden.hyper().number("clip_value");
            new ClipValue(limit).beforeStep(parameters);
        } else {
            float max = (float) golden.hyper().number("max_norm");
            String type = golden.hyper().numberOrText("norm_type");
            double norm =
                    switch (type) {
                        case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
                        default -> Double.parseDouble(type);
                    };
            golden.check("total_norm", new ClipNorm(max, norm).clip(parameters));
        }
        for (int i = 0; i < parameters.size(); i++) {
            golden.check("clipped_g" + i, values(parameters.get(i).gradient()));
        }
    }

    /** Makes a parameter of ones with this gradient. */
    private static Param parameter(Matrix gradient) {
        Param parameter = new Param(gradient.rows(), gradient.cols(), Initializer.constant(1));
        parameter.accumulator().nextBeta();
        System.arraycopy(gradient.data(), 0, parameter.gradient().data(), 0, gradient.size());
        return parameter;
    }

    @Test
    void gradientsOfOthersAreNotTouchedOrCounted() {
        Param one = parameter(Matrix.row(3, 4));
        Param stale = parameter(Matrix.row(1e20f, Float.NaN));
        stale.clearGradient();
        assertEquals(5, new ClipNorm(10).clip(List.of(stale, one)));
        assertEquals(1e20f, stale.gradient().at(0, 0));
    }

    @Test
    void largestElementMayBeLimited() {
        Param one = parameter(Matrix.row(3, -8));
        new ClipNorm(2, Double.POSITIVE_INFINITY).beforeStep(List.of(one));
        assertArrayEquals(new float[] {0.75f, -2}, values(one.gradient()), 1e-6f);
    }

    @Test
    void nanGradientIsNotHidden() {
        Param one = parameter(Matrix.row(3, Float.NaN));
        assertTrue(Float.isNaN(new ClipNorm(2).clip(List.of(one))));
        assertTrue(Float.isNaN(one.gradient().at(0, 0)));
    }

    @Test
    void penaltyPullsWeightsButNotBiasesToZero() {
        Param weight = parameter(Matrix.copyOf(new float[][] {{0, 1}, {2, 3}}));
        weight.value().data()[1] = -4;
        weight.value().data()[2] = 0;
        Param bias = parameter(Matrix.row(5, 6));
        new L1Penalty(0.5f).beforeStep(List.of(weight, bias));
        assertArrayEquals(new float[] {0.5f, 0.5f, 2, 3.5f}, values(weight.gradient()));
        assertArrayEquals(new float[] {5, 6}, values(bias.gradient()));
    }

    @Test
    void weightsIntoEachUnitStayWithinTheLimit() {
        Linear layer = new Linear(2, 2);
        layer.weight().initializer(Initializer.constant(3));
        layer.bias().initializer(Initializer.constant(7));
        layer.weight().value().data()[0] = 0.5f;
        layer.weight().value().data()[2] = 0.5f;
        new MaxNorm(1).afterStep(List.copyOf(layer.parameters().values()));
        float unit = (float) Math.sqrt(0.5);
        assertArrayEquals(
                new float[] {0.5f, unit, 0.5f, unit}, values(layer.weight().value()), 1e-6f);
        assertEquals(7, layer.bias().value().at(0, 0));
    }

    @Test
    void unitsMayLieInRows() {
        Param weight = new Param(2, 2, Initializer.constant(3)).fans(Fans.ofRows(2, 2));
        weight.value().data()[0] = 0;
        weight.value().data()[1] = 0.25f;
        new MaxNorm(1).afterStep(List.of(weight));
        float unit = (float) Math.sqrt(0.5);
        assertArrayEquals(new float[] {0, 0.25f, unit, unit}, values(weight.value()), 1e-6f);
    }

    @Test
    void limitsBelowZeroAreRefused() {
        assertRefused("ClipNorm: max norm is -1.0; it must be 0 or more", () -> new ClipNorm(-1));
        assertRefused("ClipNorm: norm type is 0.0; it must be above 0", () -> new ClipNorm(1, 0));
        assertRefused("ClipValue: limit is NaN; it must be 0 or more", () -> new ClipValue(0f / 0));
        assertRefused("MaxNorm: limit is 0.0; it must be above 0", () -> new MaxNorm(0));
        assertRefused("L1Penalty: penalty is -1.0; it must be 0 or more", () -> new L1Penalty(-1));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void normsWhoseSquaresNoFloatHoldsAreRight() {
        Param huge = parameter(Matrix.row(3e25f, 4e25f));
        assertEquals(5e25f, new ClipNorm(10).clip(List.of(huge)), 1e19f);
        assertArrayEquals(new float[] {6, 8}, values(huge.gradient()), 1e-5f);
        Param tiny = parameter(Matrix.row(3e-30f, 4e-30f));
        assertEquals(5e-30f, new ClipNorm(10).clip(List.of(tiny)), 1e-36f);
        Param one = parameter(Matrix.row(3e25f, 4e25f));
        assertEquals(Math.cbrt(91) * 1e25, new ClipNorm(10, 3).clip(List.of(one)), 1e19);
        Param zero = parameter(Matrix.row(0, 0));
        assertEquals(0, new ClipNorm(10, 3).clip(List.of(zero)));
    }

    @Test
    void anInfiniteGradientIsNotHidden() {
        for (double norm : new double[] {0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
            Param one = parameter(Matrix.row(3, Float.POSITIVE_INFINITY));
            assertEquals(Float.POSITIVE_INFINITY, new ClipNorm(2, norm).clip(List.of(one)));
            assertTrue(Float.isNaN(one.gradient().at(0, 1)), "norm " + norm);
        }
    }

    @Test
    void theNormOfAMillionEqualGradientsIsExact() {
        int n = 1_000_000;
        Matrix gradient = Matrix.zeros(n, 1);
        Arrays.fill(gradient.data(), 0.1f);
        float norm = new ClipNorm(1e9f).clip(List.of(parameter(gradient)));
        assertEquals(0.1f * Math.sqrt(n), norm, 1e-5);
    }
}
