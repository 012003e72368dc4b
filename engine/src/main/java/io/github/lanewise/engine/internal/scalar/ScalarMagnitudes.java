package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Magnitudes;

import java.util.Arrays;

/** The specification of {@link Magnitudes}. */
public final class ScalarMagnitudes {

    private ScalarMagnitudes() {}

    /** See {@link Magnitudes#of}. */
    public static void of(float[] x, int at, int channels, int n, int[] largest) {
        Arrays.fill(largest, 0, n, 0);
        for (int c = 0; c < channels; c++) {
            int from = at + c * n;
            for (int j = 0; j < n; j++) {
                int bits = Float.floatToRawIntBits(x[from + j]) & Magnitudes.MASK;
                largest[j] = Math.max(largest[j], bits);
            }
        }
        int most = 0;
        int least = Magnitudes.MASK;
        for (int j = 0; j < n; j++) {
            most = Math.max(most, largest[j]);
            least = Math.min(least, largest[j] - 1 & Magnitudes.MASK);
        }
        largest[n] = most;
        largest[n + 1] = most == 0 ? 0 : least + 1;
    }
}
