package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.function.DoubleUnaryOperator;

/**
 * Sigmoid and tanh of gates against double precision, over floats of all binades; of results below
 * the normal floats only the size counts, for sigmoid flushes them to 0.
 */
class GateMathTest {

    /** Odd, so that every pattern of low bits comes up. */
    private static final int STEP = 1021;

    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void sigmoidIsWithinItsBound() {
        assertWithin(2.4, GateMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)));
    }

    @Test
    void tanhIsWithinItsBound() {
        assertWithin(1.4, GateMath::tanh, StrictMath::tanh);
    }

    @Test
    void limitsAreExact() {
        assertEquals(1f, GateMath.sigmoid(Float.POSITIVE_INFINITY));
        assertEquals(0f, GateMath.sigmoid(Float.NEGATIVE_INFINITY));
        assertEquals(0.5f, GateMath.sigmoid(0f));
        assertEquals(1f, GateMath.tanh(Float.POSITIVE_INFINITY));
        assertEquals(-1f, GateMath.tanh(Float.NEGATIVE_INFINITY));
        assertEquals(0f, GateMath.tanh(0f));
        assertEquals(-0f, GateMath.tanh(-0f));
        assertTrue(Float.isNaN(GateMath.sigmoid(Float.NaN)));
        assertTrue(Float.isNaN(GateMath.tanh(Float.NaN)));
    }

    @Test
    void tanhIsOdd() {
        for (float x = 1e-6f; x < 20; x *= 1.003f) {
            assertEquals(-GateMath.tanh(x), GateMath.tanh(-x));
        }
    }

    private static void assertWithin(double bound, FloatFunction f, DoubleUnaryOperator exact) {
        double worst = 0;
        float at = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(x)) {
                double expected = exact.applyAsDouble(x);
                double off = Math.abs(f.apply(x) - expected);
                boolean tiny = Math.abs(expected) < Float.MIN_NORMAL;
                double error = tiny ? off / Float.MIN_NORMAL : off / Math.ulp((float) expected);
                if (error > worst) {
                    worst = error;
                    at = x;
                }
            }
        }
        String message = "off by %.2f ulp at %s, allowed %s".formatted(worst, at, bound);
        assertTrue(worst <= bound, message);
    }
}
