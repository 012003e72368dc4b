package io.github.lanewise.engine.internal.scalar;

/** The strided sum of x[j] - shift; see {@link StridedSum} for how it is taken. */
final class CenteredSum {

    private static final int PARTIAL_SUMS = 32;
    private static final int BLOCK = 16;

    private CenteredSum() {}

    static float of(float[] x, int offset, float shift, int n) {
        int m = n / BLOCK * BLOCK;
        float sum = of(x, offset, shift, m, 0, 1);
        for (int j = m; j < n; j++) {
            sum += x[offset + j] - shift;
        }
        return sum;
    }

    private static float of(float[] x, int offset, float shift, int m, int i, int stride) {
        if (stride < PARTIAL_SUMS) {
            return i >= m
                    ? 0f
                    : of(x, offset, shift, m, i, 2 * stride)
                            + of(x, offset, shift, m, i + stride, 2 * stride);
        }
        float sum = 0f;
        for (int j = i; j < m; j += PARTIAL_SUMS) {
            sum += x[offset + j] - shift;
        }
        return sum;
    }
}
