package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;

/**
 * The strided sum of {@link io.github.lanewise.engine.Kernels}, without an array for its partial
 * sums: the sum over j = i mod stride is the sum over j = i mod 2 stride plus that over j = i +
 * stride mod 2 stride, down to the 32 sums that run over the elements themselves.
 */
public final class StridedSum {

    private static final int PARTIAL_SUMS = 32;
    private static final int BLOCK = 16;

    /** Longer sums are those of two parts. */
    private static final int LONGEST = 4096;

    private StridedSum() {}

    /** Returns how many elements the first part of a long sum has: a power of two. */
    public static int firstPart(int n) {
        return Integer.highestOneBit(n - 1);
    }

    /** Whether a sum is that of two parts. */
    public static boolean isLong(int n) {
        return n > LONGEST;
    }

    static float sum(float[] x, int offset, int n) {
        if (isLong(n)) {
            int h = firstPart(n);
            return sum(x, offset, h) + sum(x, offset + h, n - h);
        }
        int m = n / BLOCK * BLOCK;
        float sum = sum(x, offset, m, 0, 1);
        for (int j = m; j < n; j++) {
            sum += x[offset + j];
        }
        return sum;
    }

    private static float sum(float[] x, int offset, int m, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= m
                    ? 0f
                    : sum(x, offset, m, i, 2 * stride) + sum(x, offset, m, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < m; j += PARTIAL_SUMS) {
            sum += x[offset + j];
        }
        return sum;
    }

    static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (isLong(n)) {
            int h = firstPart(n);
            return dot(x, xOffset, y, yOffset, h) + dot(x, xOffset + h, y, yOffset + h, n - h);
        }
        int m = n / BLOCK * BLOCK;
        float sum = dot(x, xOffset, y, yOffset, m, 0, 1);
        for (int j = m; j < n; j++) {
            sum = Fma.fma(x[xOffset + j], y[yOffset + j], sum);
        }
        return sum;
    }

    private static float dot(
            float[] x, int xOffset, float[] y, int yOffset, int m, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= m
                    ? 0f
                    : dot(x, xOffset, y, yOffset, m, i, 2 * stride)
                            + dot(x, xOffset, y, yOffset, m, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < m; j += PARTIAL_SUMS) {
            sum = Fma.fma(x[xOffset + j], y[yOffset + j], sum);
        }
        return sum;
    }

    /** Returns the strided sum of exp(x[j] - max). */
    static float exp(float[] x, int offset, int n, float max) {
        if (isLong(n)) {
            int h = firstPart(n);
            return exp(x, offset, h, max) + exp(x, offset + h, n - h, max);
        }
        int m = n / BLOCK * BLOCK;
        float sum = exp(x, offset, m, max, 0, 1);
        for (int j = m; j < n; j++) {
            sum += ScalarMath.exp(x[offset + j] - max);
        }
        return sum;
    }

    private static float exp(float[] x, int offset, int m, float max, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= m
                    ? 0f
                    : exp(x, offset, m, max, i, 2 * stride)
                            + exp(x, offset, m, max, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < m; j += PARTIAL_SUMS) {
            sum += ScalarMath.exp(x[offset + j] - max);
        }
        return sum;
    }
}
