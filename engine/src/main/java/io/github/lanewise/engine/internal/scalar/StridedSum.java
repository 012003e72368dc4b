package io.github.lanewise.engine.internal.scalar;

/**
 * The strided sum of {@link io.github.lanewise.engine.Kernels}, without an array for its partial
 * sums: the sum over j = i mod stride is the sum over j = i mod 2 stride plus that over j = i +
 * stride mod 2 stride, down to the 32 sums that run over the elements themselves.
 *
 * <p>Each sum ends by adding 0, which turns -0 into 0.
 */
final class StridedSum {

    private static final int PARTIAL_SUMS = 32;

    private StridedSum() {}

    static float sum(float[] x, int offset, int n) {
        return sum(x, offset, n, 0, 1) + 0f;
    }

    private static float sum(float[] x, int offset, int n, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= n
                    ? 0f
                    : sum(x, offset, n, i, 2 * stride) + sum(x, offset, n, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < n; j += PARTIAL_SUMS) {
            sum += x[offset + j];
        }
        return sum;
    }

    static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return dot(x, xOffset, y, yOffset, n, 0, 1) + 0f;
    }

    private static float dot(
            float[] x, int xOffset, float[] y, int yOffset, int n, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= n
                    ? 0f
                    : dot(x, xOffset, y, yOffset, n, i, 2 * stride)
                            + dot(x, xOffset, y, yOffset, n, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < n; j += PARTIAL_SUMS) {
            sum = Math.fma(x[xOffset + j], y[yOffset + j], sum);
        }
        return sum;
    }

    /** Returns the strided sum of exp(x[j] - max). */
    static float exp(float[] x, int offset, int n, float max) {
        return exp(x, offset, n, max, 0, 1) + 0f;
    }

    private static float exp(float[] x, int offset, int n, float max, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= n
                    ? 0f
                    : exp(x, offset, n, max, i, 2 * stride)
                            + exp(x, offset, n, max, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < n; j += PARTIAL_SUMS) {
            sum += ScalarMath.exp(x[offset + j] - max);
        }
        return sum;
    }
}
