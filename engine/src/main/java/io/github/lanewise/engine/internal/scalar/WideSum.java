package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;

/**
 * The wide sum of {@link io.github.lanewise.engine.Kernels}, without an array for its lanes, like
 * {@link StridedSum}: the sum of the lanes i mod stride is that of the lanes i mod 2 stride plus
 * that of the lanes i + stride mod 2 stride.
 */
public final class WideSum {

    /** Lanes of a row of elements. */
    public static final int LANES = 16;

    /** Elements of a group, sixteen rows. */
    public static final int GROUP = 16 * LANES;

    /** What a lane adds up. */
    private enum Term {
        ELEMENT,
        SIZE,
        PRODUCT,
        /** 0 where the first factor is 0, whatever the second. */
        WEIGHTED
    }

    private WideSum() {}

    static double sum(float[] x, int offset, int n) {
        return of(Term.ELEMENT, x, offset, x, offset, n);
    }

    /** Returns the wide sum of |x[j]|. */
    static double absolute(float[] x, int offset, int n) {
        return of(Term.SIZE, x, offset, x, offset, n);
    }

    static double dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return of(Term.PRODUCT, x, xOffset, y, yOffset, n);
    }

    /** Returns the wide sum of x[j] y[j] where x[j] is not 0. */
    static double weighted(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return of(Term.WEIGHTED, x, xOffset, y, yOffset, n);
    }

    private static double of(Term term, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int m = n / LANES * LANES;
        double sum = lanes(term, x, xOffset, y, yOffset, m, 0, 1);
        for (int j = m; j < n; j++) {
            sum += of(term, x, xOffset + j, y, yOffset + j);
        }
        return sum;
    }

    private static double lanes(
            Term term, float[] x, int xOffset, float[] y, int yOffset, int m, int i, int stride) {
        if (stride == LANES) {
            return lane(term, x, xOffset + i, y, yOffset + i, m);
        }
        return lanes(term, x, xOffset, y, yOffset, m, i, 2 * stride)
                + lanes(term, x, xOffset, y, yOffset, m, i + stride, 2 * stride);
    }

    private static double lane(Term term, float[] x, int xAt, float[] y, int yAt, int m) {
        double sum = 0;
        int j = 0;
        for (; j <= m - GROUP; j += GROUP) {
            sum += tree(term, x, xAt + j, y, yAt + j, GROUP / LANES);
        }
        for (; j < m; j += LANES) {
            sum += of(term, x, xAt + j, y, yAt + j);
        }
        return sum;
    }

    /**
     * Returns the sum over rows, a power of two: that of the first half plus that of the second.
     */
    private static float tree(Term term, float[] x, int xAt, float[] y, int yAt, int rows) {
        if (rows == 2) {
            return ofTwo(term, x, xAt, y, yAt);
        }
        int half = rows / 2;
        return tree(term, x, xAt, y, yAt, half)
                + tree(term, x, xAt + half * LANES, y, yAt + half * LANES, half);
    }

    private static float of(Term term, float[] x, int i, float[] y, int k) {
        return switch (term) {
            case ELEMENT -> x[i];
            case SIZE -> Math.abs(x[i]);
            case PRODUCT -> x[i] * y[k];
            case WEIGHTED -> x[i] == 0 ? 0f : x[i] * y[k];
        };
    }

    /** Returns the sum of an element's term and that of the next row. */
    private static float ofTwo(Term term, float[] x, int i, float[] y, int k) {
        float first = of(term, x, i, y, k);
        float next = x[i + LANES];
        return switch (term) {
            case ELEMENT -> first + next;
            case SIZE -> first + Math.abs(next);
            case PRODUCT -> Fma.fma(next, y[k + LANES], first);
            case WEIGHTED -> next == 0 ? first : Fma.fma(next, y[k + LANES], first);
        };
    }
}
