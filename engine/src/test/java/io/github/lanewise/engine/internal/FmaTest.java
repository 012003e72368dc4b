package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.SplittableRandom;

class FmaTest {

    private static final int DRAWS = 2_000_000;

    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Math.nextUp(1f),
        Math.nextDown(1f),
        0.5f,
        2f,
        3f,
        1f / 3,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        3 * Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Math.nextUp(Float.MIN_NORMAL),
        0x1p-75f,
        -0x1p-75f,
        0x1p-24f,
        0x1p24f,
        0x1.000002p24f,
        0x1p64f,
        -0x1p64f,
        0x1p127f,
        Math.nextDown(Float.MAX_VALUE),
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
    };

    @Test
    void allTriplesOfSpecialValues() {
        for (float a : SPECIAL) {
            for (float b : SPECIAL) {
                for (float c : SPECIAL) {
                    check(a, b, c);
                }
            }
        }
    }

    @Test
    void randomBits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < DRAWS; draw++) {
            check(anyFloat(random), anyFloat(random), anyFloat(random));
        }
    }

    @Test
    void productsThatNearlyCancelAnAddend() {
        SplittableRandom random = new SplittableRandom(2);
        for (int draw = 0; draw < DRAWS; draw++) {
            float a = scaled(random, 100);
            float b = scaled(random, 30);
            float c = -a * b;
            check(a, b, c);
            check(a, b, Float.intBitsToFloat(Float.floatToRawIntBits(c) + random.nextInt(-3, 4)));
            check(a, b, c * 0x1p-23f);
            check(a, b, c * 0x1p24f);
        }
    }

    /** Results near the middle between two floats: an addend with a small product beside it. */
    @Test
    void halfwayCases() {
        SplittableRandom random = new SplittableRandom(3);
        for (int draw = 0; draw < DRAWS; draw++) {
            float c = scaled(random, 100);
            float half = Math.ulp(c) / 2;
            float near = random.nextBoolean() ? half : Math.nextUp(half);
            float sign = random.nextBoolean() ? 1 : -1;
            check(sign * near, 1, c);
            check(sign * half, random.nextBoolean() ? Math.nextUp(1f) : Math.nextDown(1f), c);
            // the two halves of a product of 48 bits, which misses the middle by its last
            check(Math.nextDown(0x1p12f) * half, sign * Math.nextUp(0x1p-12f), c);
        }
    }

    @Test
    void subnormalAndOverflowingResults() {
        SplittableRandom random = new SplittableRandom(4);
        for (int draw = 0; draw < DRAWS; draw++) {
            float a = scaled(random, 10);
            float b = scaled(random, 10);
            check(a * 0x1p-70f, b * 0x1p-75f, scaled(random, 3) * 0x1p-146f);
            check(a * 0x1p-70f, b * 0x1p-75f, random.nextInt(-3, 4) * Float.MIN_VALUE);
            check(a * 0x1p60f, b * 0x1p60f, random.nextBoolean() ? 0x1p127f : -0x1.fffffep127f);
        }
    }

    /** {@code Math.fma} itself, with exact numbers: whatever this JVM compiles it to. */
    @Test
    void exactArithmeticAgrees() {
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < 20_000; draw++) {
            float a = scaled(random, 20);
            float b = scaled(random, 20);
            float c = random.nextBoolean() ? scaled(random, 40) : -Math.nextUp(a * b);
            BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
            if (exact.signum() != 0) {
                assertEquals(exact.floatValue(), Fma.emulate(a, b, c), a + " * " + b + " + " + c);
            }
        }
    }

    @Test
    void whatKernelsUseIsOneOfTheTwo() {
        assertEquals(Math.fma(1.1f, 1.3f, -1.43f), Fma.fma(1.1f, 1.3f, -1.43f));
    }

    private static void check(float a, float b, float c) {
        float expected = Math.fma(a, b, c);
        float actual = Fma.emulate(a, b, c);
        boolean same =
                Float.isNaN(expected)
                        ? Float.isNaN(actual)
                        : Float.floatToRawIntBits(expected) == Float.floatToRawIntBits(actual);
        assertTrue(same, () -> a + " * " + b + " + " + c + ": " + actual + ", not " + expected);
    }

    private static float anyFloat(SplittableRandom random) {
        return Float.intBitsToFloat(random.nextInt());
    }

    /** Draws any significand, and an exponent of at most so many either way. */
    private static float scaled(SplittableRandom random, int exponent) {
        int significand = random.nextInt(1 << 23, 1 << 24);
        int e = random.nextInt(-exponent, exponent + 1);
        return Math.scalb((float) (random.nextBoolean() ? significand : -significand), e - 23);
    }
}
