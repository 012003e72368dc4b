package io.github.lanewise.engine.internal.simd.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.engine.internal.scalar.ScalarMagnitudes;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class SimdMagnitudesTest {

    private static final float[] SPECIAL = {
        0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MAX_VALUE
    };

    @Test
    void matchReference() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 3000; round++) {
            int n = 1 + random.nextInt(60);
            int channels = 1 + random.nextInt(9);
            float[] x = new float[3 + channels * n];
            for (int at = 0; at < x.length; at++) {
                boolean special = round % 3 > 0 && random.nextInt(4) < round % 5;
                x[at] = special ? SPECIAL[random.nextInt(6)] : (float) random.nextGaussian();
                x[at] = round % 7 == 0 ? 0 : x[at];
            }
            int[] expected = new int[n + 2];
            int[] actual = new int[n + 2];
            ScalarMagnitudes.of(x, 3, channels, n, expected);
            SimdMagnitudes.of(x, 3, channels, n, actual);
            assertArrayEquals(expected, actual);
        }
    }
}
