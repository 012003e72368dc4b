package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Activation.Kind;
import io.github.lanewise.engine.Activation.Saved;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** The activations and their derivatives against double precision, over all floats. */
class ActivationOracleTest {

    private static final int STEP = 4_001;

    /**
     * A function with its value and derivative in double precision.
     *
     * @param ulps bound on the value's error, in units in the last place
     * @param slopeError bound on the derivative's absolute error, in units of 2<sup>-24</sup>
     */
    record Oracle(
            Activation f,
            DoubleUnaryOperator value,
            DoubleUnaryOperator slope,
            double ulps,
            double slopeError) {
        @Override
        public String toString() {
            return f.toString();
        }
    }

    static Stream<Oracle> oracles() {
        return Stream.of(
                new Oracle(
                        new Activation(Kind.LEAKY_RELU, 0.25f),
                        x -> x <= 0 ? 0.25 * x : x,
                        x -> x <= 0 ? 0.25 : 1,
                        0.51,
                        0),
                new Oracle(
                        new Activation(Kind.LEAKY_RELU, -0.25f),
                        x -> x <= 0 ? -0.25 * x : x,
                        x -> x <= 0 ? -0.25 : 1,
                        0.51,
                        0),
                new Oracle(
                        new Activation(Kind.ELU, 1.5f, 1.25f),
                        x -> x <= 0 ? 1.875 * StrictMath.expm1(x) : 1.25 * x,
                        x -> x <= 0 ? 1.875 * StrictMath.exp(x) : 1.25,
                        2.5,
                        4),
                new Oracle(
                        Activation.SIGMOID,
                        Exact::sigmoid,
                        x -> Exact.sigmoid(x) * Exact.sigmoid(-x),
                        2.5,
                        2),
                new Oracle(
                        Activation.TANH,
                        StrictMath::tanh,
                        x -> 1 / StrictMath.cosh(x) / StrictMath.cosh(x),
                        2.5,
                        5),
                new Oracle(
                        new Activation(Kind.SOFTPLUS, 2f),
                        x -> Exact.softplus(2 * x) / 2,
                        x -> Exact.sigmoid(2 * x),
                        2.5,
                        3),
                new Oracle(
                        new Activation(Kind.SOFTPLUS, -1f),
                        x -> -Exact.softplus(-x),
                        x -> Exact.sigmoid(-x),
                        2.5,
                        3),
                new Oracle(
                        new Activation(Kind.SOFTPLUS, 2f, 3f),
                        x -> 2 * x > 3 ? x : Exact.softplus(2 * x) / 2,
                        x -> 2 * x > 3 ? 1 : Exact.sigmoid(2 * x),
                        2.5,
                        3),
                new Oracle(
                        new Activation(Kind.GELU, 0),
                        x -> x * Exact.phi(x),
                        x -> Exact.phi(x) + x * Exact.density(x),
                        8,
                        6),
                new Oracle(
                        new Activation(Kind.SILU, 0),
                        x -> x * Exact.sigmoid(x),
                        x -> Exact.sigmoid(x) * (1 + x * Exact.sigmoid(-x)),
                        3,
                        5),
                new Oracle(
                        new Activation(Kind.MISH, 0),
                        x -> x * StrictMath.tanh(Exact.softplus(x)),
                        Exact::mishSlope,
                        4,
                        6),
                new Oracle(
                        new Activation(Kind.HARD_TANH, -0.5f, 2f),
                        x -> Math.clamp(x, -0.5, 2.0),
                        x -> x <= -0.5 || x >= 2 ? 0 : 1,
                        0,
                        0),
                new Oracle(
                        new Activation(Kind.HARD_SIGMOID, 0),
                        x -> Math.clamp((float) x + 3f, 0, 6f) / 6.0,
                        x -> Math.clamp((float) x + 3f, 0, 6f) % 6 == 0 ? 0 : 1 / 6.0,
                        0.51,
                        1),
                new Oracle(
                        new Activation(Kind.HARD_SWISH, 0),
                        x -> x * (Math.clamp((float) x + 3f, 0, 6f) / 6.0),
                        x -> x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5,
                        1.51,
                        2),
                new Oracle(
                        new Activation(Kind.SOFTSIGN, 0),
                        x -> x / (1 + Math.abs(x)),
                        x -> 1 / (1 + Math.abs(x)) / (1 + Math.abs(x)),
                        1.51,
                        4),
                new Oracle(
                        new Activation(Kind.COSINE, 0),
                        x -> Exact.sineOfTurns(0.25 - Math.abs(Math.IEEEremainder(x, 1))),
                        x -> -2 * Math.PI * Exact.sineOfTurns(Math.IEEEremainder(x, 1)),
                        3,
                        20),
                new Oracle(
                        new Activation(Kind.HARD_SHRINK, 0.3f),
                        x -> Math.abs(x) <= 0.3f ? 0 : x,
                        x -> Math.abs(x) <= 0.3f ? 0 : 1,
                        0,
                        0),
                new Oracle(
                        new Activation(Kind.SOFT_SHRINK, 0.3f),
                        x -> Math.signum(x) * Math.max(Math.abs(x) - 0.3f, 0),
                        x -> Math.abs(x) <= 0.3f ? 0 : 1,
                        0.51,
                        0),
                new Oracle(
                        new Activation(Kind.THRESHOLD, -0.3f, 7),
                        x -> x <= -0.3f ? 7 : x,
                        x -> x <= -0.3f ? 0 : 1,
                        0,
                        0));
    }

    @Test
    void everyKindHasAnOracle() {
        Set<Kind> without = EnumSet.allOf(Kind.class);
        oracles().forEach(oracle -> without.remove(oracle.f.kind()));
        // exact, the functions of ScalarMath that have tests of their own, and a test below
        assertEquals(
                EnumSet.of(Kind.IDENTITY, Kind.RELU, Kind.EXP, Kind.LOG, Kind.GELU_TANH), without);
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void everyValueIsWithinItsBound(Oracle oracle) {
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(x)) {
                float y = ScalarActivations.value(oracle.f, x);
                double error = Exact.ulps(y, oracle.value.applyAsDouble(x));
                at = error > worst ? x : at;
                worst = Math.max(worst, error);
            }
        }
        assertTrue(worst <= oracle.ulps, "%.3f ulp at %s (%a)".formatted(worst, at, at));
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void everySlopeIsWithinItsBound(Oracle oracle) {
        Activation f = oracle.f;
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(x)) {
                float saved = f.saved() == Saved.INPUT ? x : ScalarActivations.value(f, x);
                float slope = ScalarActivations.gradient(f, saved, 1f);
                double error = Math.abs(slope - oracle.slope.applyAsDouble(x)) * 0x1p24;
                // negated, so that NaN counts as worst
                at = error <= worst ? at : x;
                worst = error <= worst ? worst : error;
            }
        }
        assertTrue(worst <= oracle.slopeError, "%.3f 2^-24 at %s (%a)".formatted(worst, at, at));
    }

    @Test
    void geluByTanhIsWithinTheErrorOfItsExponent() {
        Activation f = new Activation(Kind.GELU_TANH, 0);
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            double u = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * (double) x);
            double exact = x * Exact.sigmoid(2 * u);
            float y = ScalarActivations.value(f, x);
            if (Float.isFinite(x)) {
                double allowed = x < 0 ? 4 * (Math.abs(u) + 2) : 4;
                assertTrue(Exact.ulps(y, exact) <= allowed, x + ": " + y + ", not " + exact);
                double du = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * (double) x);
                double s = Exact.sigmoid(2 * u);
                double rest = Math.abs(x) > 50 ? 0 : x * 2 * du * s * Exact.sigmoid(-2 * u);
                double error = Math.abs(ScalarActivations.gradient(f, x, 1f) - s - rest);
                assertTrue(error <= 4 * 0x1p-24, x + ": slope off by " + error);
            }
        }
    }

    @Test
    void specialValues() {
        float inf = Float.POSITIVE_INFINITY;
        for (Kind kind : Kind.values()) {
            Activation f = new Activation(kind, 0.5f, 2f);
            assertEquals(Float.NaN, ScalarActivations.value(f, Float.NaN), kind.name());
            if (kind != Kind.LOG && kind != Kind.EXP) {
                for (float zero : new float[] {0f, -0f}) {
                    float y = ScalarActivations.value(f, zero);
                    float expected =
                            switch (kind) {
                                case SIGMOID, HARD_SIGMOID, HARD_TANH -> 0.5f;
                                case COSINE -> 1;
                                case THRESHOLD -> 2;
                                case SOFTPLUS -> (float) (2 * StrictMath.log(2));
                                default -> 0;
                            };
                    assertEquals(expected, y + 0f, kind.name());
                }
            }
        }
        assertEquals(1f, ScalarActivations.value(Activation.SIGMOID, inf));
        assertEquals(0f, ScalarActivations.value(Activation.SIGMOID, -inf));
        assertEquals(1f, ScalarActivations.value(Activation.TANH, inf));
        assertEquals(-1f, ScalarActivations.value(Activation.TANH, -inf));
        assertEquals(-0f, ScalarActivations.value(Activation.TANH, -0f));
        assertEquals(inf, ScalarActivations.value(new Activation(Kind.SOFTPLUS, 1f), inf));
        for (Kind kind : new Kind[] {Kind.GELU, Kind.GELU_TANH, Kind.SILU, Kind.MISH}) {
            Activation f = new Activation(kind, 0);
            assertEquals(inf, ScalarActivations.value(f, inf), kind.name());
            assertEquals(0f, ScalarActivations.value(f, -inf) + 0f, kind.name());
            assertEquals(1f, ScalarActivations.gradient(f, inf, 1f), kind.name());
            assertEquals(0f, ScalarActivations.gradient(f, -inf, 1f) + 0f, kind.name());
            assertEquals(1000f, ScalarActivations.value(f, 1000f), kind.name());
            assertEquals(0f, ScalarActivations.value(f, -1000f) + 0f, kind.name());
        }
    }

    @Test
    void valuesAtInfinitiesAreTheLimits() {
        float inf = Float.POSITIVE_INFINITY;
        Activation swish = new Activation(Kind.HARD_SWISH, 0);
        assertEquals(0f, ScalarActivations.value(swish, -inf) + 0f);
        assertEquals(inf, ScalarActivations.value(swish, inf));
        Activation softsign = new Activation(Kind.SOFTSIGN, 0);
        assertEquals(-1f, ScalarActivations.value(softsign, -inf));
        assertEquals(1f, ScalarActivations.value(softsign, inf));
        Activation flat = new Activation(Kind.LEAKY_RELU, 0);
        assertEquals(0f, ScalarActivations.value(flat, -inf));
        assertEquals(0f, ScalarActivations.gradient(flat, -1, inf));
    }

    @Test
    void cosineOfTurnsIsExactAtQuarters() {
        Activation f = new Activation(Kind.COSINE, 0);
        for (float x = -8.5f; x <= 8.5f; x += 0.25f) {
            float expected = x == Math.rint(x) ? 1 : 2 * x == Math.rint(2 * x) ? -1 : 0;
            assertEquals(expected, ScalarActivations.value(f, x), Math.ulp(1f), "at " + x);
        }
        assertEquals(-1f, ScalarActivations.value(f, 0x1p22f + 0.5f), Math.ulp(1f));
        assertEquals(1f, ScalarActivations.value(f, 0x1p23f + 1), Math.ulp(1f));
        assertEquals(1f, ScalarActivations.value(f, Float.MAX_VALUE), Math.ulp(1f));
        assertEquals(Float.NaN, ScalarActivations.value(f, Float.POSITIVE_INFINITY));
    }

    @Test
    void reluKeepsNanAndClearsNegativeZero() {
        assertEquals(Float.NaN, ScalarActivations.value(Activation.RELU, Float.NaN));
        assertEquals(0f, ScalarActivations.value(Activation.RELU, -0f));
        assertEquals(0f, ScalarActivations.gradient(Activation.RELU, 0f, Float.NaN));
        assertEquals(5f, ScalarActivations.gradient(Activation.RELU, Float.NaN, 5f));
    }
}
