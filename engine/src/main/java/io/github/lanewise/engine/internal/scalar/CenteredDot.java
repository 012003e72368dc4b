package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;

/**
 * The strided sum of fma(x[j] - xMean, y[j] - yMean, .); see {@link StridedSum} for how it is
 * taken.
 */
final class CenteredDot {

    private static final int PARTIAL_SUMS = 32;
    private static final int BLOCK = 16;

    private CenteredDot() {}

    static float of(
            float[] x, int xOffset, float xMean, float[] y, int yOffset, float yMean, int n) {
        if (StridedSum.isLong(n)) {
            int h = StridedSum.firstPart(n);
            return of(x, xOffset, xMean, y, yOffset, yMean, h)
                    + of(x, xOffset + h, xMean, y, yOffset + h, yMean, n - h);
        }
        int m = n / BLOCK * BLOCK;
        float sum = of(x, xOffset, xMean, y, yOffset, yMean, m, 0, 1);
        for (int j = m; j < n; j++) {
            sum = Fma.fma(x[xOffset + j] - xMean, y[yOffset + j] - yMean, sum);
        }
        return sum;
    }

    private static float of(
            float[] x,
            int xOffset,
            float xMean,
            float[] y,
            int yOffset,
            float yMean,
            int m,
            int i,
            int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= m
                    ? 0f
                    : of(x, xOffset, xMean, y, yOffset, yMean, m, i, 2 * stride)
                            + of(x, xOffset, xMean, y, yOffset, yMean, m, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < m; j += PARTIAL_SUMS) {
            sum = Fma.fma(x[xOffset + j] - xMean, y[yOffset + j] - yMean, sum);
        }
        return sum;
    }
}
