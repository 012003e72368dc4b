package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.function.DoubleUnaryOperator;

class ScalarMathTest {

    /** Largest errors over all floats, found once by trying every one: 0.9091 and 0.8822 ulp. */
    private static final double EXP_ULPS = 0.92;

    private static final double LOG_ULPS = 0.89;

    private interface FloatOperator {
        float of(float x);
    }

    @Test
    void expIsWithinItsBoundAtEveryExponent() {
        assertWithin(EXP_ULPS, ScalarMath::exp, StrictMath::exp, 0, 0x7f800000, 5_003);
        assertWithin(EXP_ULPS, ScalarMath::exp, StrictMath::exp, 0x80000000, 0xff800000, 5_003);
    }

    @Test
    void expIsWithinItsBoundWhereItIsFinite() {
        int smallest = Float.floatToRawIntBits(0x1p-26f);
        int largest = Float.floatToRawIntBits(105f);
        int sign = 0x80000000;
        assertWithin(EXP_ULPS, ScalarMath::exp, StrictMath::exp, smallest, largest, 211);
        assertWithin(
                EXP_ULPS, ScalarMath::exp, StrictMath::exp, sign | smallest, sign | largest, 211);
    }

    @Test
    void expRoundsSubnormalResultsOnce() {
        int from = Float.floatToRawIntBits(-87f);
        int to = Float.floatToRawIntBits(-104f);
        assertWithin(EXP_ULPS, ScalarMath::exp, StrictMath::exp, from, to, 3);
    }

    @Test
    void expOfSpecialValues() {
        assertEquals(1f, ScalarMath.exp(0f));
        assertEquals(1f, ScalarMath.exp(-0f));
        assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Float.POSITIVE_INFINITY));
        assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Float.MAX_VALUE));
        assertEquals(0f, ScalarMath.exp(Float.NEGATIVE_INFINITY));
        assertEquals(0f, ScalarMath.exp(-Float.MAX_VALUE));
        assertEquals(Float.NaN, ScalarMath.exp(Float.NaN));
        assertEquals(Float.NaN, ScalarMath.exp(Float.intBitsToFloat(0xffffffff)));
        float last = 0x1.62e42ep6f;
        assertTrue(Float.isFinite(ScalarMath.exp(last)));
        assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Math.nextUp(last)));
    }

    @Test
    void logIsWithinItsBoundAtEveryExponent() {
        assertWithin(LOG_ULPS, ScalarMath::log, StrictMath::log, 1, 0x7f800000, 1_009);
    }

    @Test
    void logIsWithinItsBoundAroundOne() {
        int from = Float.floatToRawIntBits(0.25f);
        int to = Float.floatToRawIntBits(4f);
        assertWithin(LOG_ULPS, ScalarMath::log, StrictMath::log, from, to, 17);
    }

    @Test
    void logOfSpecialValues() {
        assertEquals(0f, ScalarMath.log(1f));
        assertEquals(Float.NEGATIVE_INFINITY, ScalarMath.log(0f));
        assertEquals(Float.NEGATIVE_INFINITY, ScalarMath.log(-0f));
        assertEquals(Float.POSITIVE_INFINITY, ScalarMath.log(Float.POSITIVE_INFINITY));
        assertEquals(Float.NaN, ScalarMath.log(Float.NaN));
        assertEquals(Float.NaN, ScalarMath.log(Float.intBitsToFloat(0xffffffff)));
        for (float x : new float[] {Float.MIN_VALUE, 1e-40f, 1f, 88f, Float.MAX_VALUE}) {
            assertEquals(Float.NaN, ScalarMath.log(-x));
        }
        assertEquals(Float.NaN, ScalarMath.log(Float.NEGATIVE_INFINITY));
    }

    /**
     * Largest errors, found once by trying every float from -20 to -2^-26 (0.952 ulp) and from
     * 2^-26 to 1 (1.548 ulp).
     */
    private static final double EXPM1_ULPS = 0.96;

    private static final double LOG1P_ULPS = 1.55;

    @Test
    void expm1IsWithinItsBoundBelowZero() {
        int from = 0x80000000;
        assertWithin(EXPM1_ULPS, ScalarMath::expm1, StrictMath::expm1, from, 0xff800000, 1_009);
        int tiny = from | Float.floatToRawIntBits(0x1p-26f);
        int large = from | Float.floatToRawIntBits(20f);
        assertWithin(EXPM1_ULPS, ScalarMath::expm1, StrictMath::expm1, tiny, large, 101);
        assertEquals(-1f, ScalarMath.expm1(Float.NEGATIVE_INFINITY));
        assertEquals(Float.NaN, ScalarMath.expm1(Float.NaN));
    }

    @Test
    void log1pIsWithinItsBoundFromZeroToOne() {
        int one = Float.floatToRawIntBits(1f);
        assertWithin(LOG1P_ULPS, ScalarMath::log1p, StrictMath::log1p, 0, one, 503);
        assertEquals(0f, ScalarMath.log1p(0f));
        assertEquals(Float.NaN, ScalarMath.log1p(Float.NaN));
    }

    private static void assertWithin(
            double bound, FloatOperator f, DoubleUnaryOperator exact, int from, int to, int step) {
        double worst = 0;
        float at = Float.NaN;
        for (int bits = from; bits < to; bits += step) {
            float x = Float.intBitsToFloat(bits);
            double error = ulps(f.of(x), exact.applyAsDouble(x));
            if (error > worst) {
                worst = error;
                at = x;
            }
            if (bits > to - step) {
                break;
            }
        }
        assertTrue(worst <= bound, "worst error %.4f ulp at %s (%a)".formatted(worst, at, at));
    }

    /** Error in units of the last place that a float of the exact result's size has. */
    private static double ulps(float actual, double exact) {
        float rounded = (float) exact;
        if (!Float.isFinite(rounded) || !Float.isFinite(actual)) {
            return actual == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        int exponent = Math.max(Float.MIN_EXPONENT, Math.getExponent(exact));
        return Math.abs(actual - exact) / Math.scalb(1.0, exponent - 23);
    }
}
