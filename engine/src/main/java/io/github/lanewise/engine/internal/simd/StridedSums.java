package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The strided sum of {@link io.github.lanewise.engine.Kernels}: its 32 partial sums are the lanes
 * of 2, 4 or 8 vectors, a0, a1, ...
 *
 * <p>Whole blocks of 32 elements are unrolled. Elsewhere the vectors stand in a ring: a0 takes in
 * the next elements and goes to its end. The ring need not be turned back before it is folded,
 * because vectors half a ring apart stay so, and a + b is b + a.
 */
final class StridedSums {

    private static final int BLOCK = 32;

    /** Vectors in the ring. */
    private static final int RING = BLOCK / COUNT;

    private StridedSums() {}

    /** Returns the strided sum of n elements. */
    static float sum(float[] x, int offset, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        for (; j <= n - BLOCK; j += BLOCK) {
            a0 = a0.add(load(x, offset + j));
            a1 = a1.add(load(x, offset + j + COUNT));
            if (RING > 2) {
                a2 = a2.add(load(x, offset + j + 2 * COUNT));
                a3 = a3.add(load(x, offset + j + 3 * COUNT));
            }
            if (RING > 4) {
                a4 = a4.add(load(x, offset + j + 4 * COUNT));
                a5 = a5.add(load(x, offset + j + 5 * COUNT));
                a6 = a6.add(load(x, offset + j + 6 * COUNT));
                a7 = a7.add(load(x, offset + j + 7 * COUNT));
            }
        }
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector last = a0.add(load(x, offset + j));
            a0 = a1;
            if (RING > 2) {
                a1 = a2;
                a2 = a3;
            }
            if (RING > 4) {
                a3 = a4;
                a4 = a5;
                a5 = a6;
                a6 = a7;
            }
            if (RING == 2) {
                a1 = last;
            } else if (RING == 4) {
                a3 = last;
            } else {
                a7 = last;
            }
        }
        if (j < n) {
            a0 = a0.add(Tails.load(x, offset + j, n - j, 0f));
        }
        return fold(a0, a1, a2, a3, a4, a5, a6, a7);
    }

    /** Returns the strided sum of fma(x[j], y[j], .). */
    static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        for (; j <= n - BLOCK; j += BLOCK) {
            a0 = load(x, xOffset + j).fma(load(y, yOffset + j), a0);
            a1 = load(x, xOffset + j + COUNT).fma(load(y, yOffset + j + COUNT), a1);
            if (RING > 2) {
                a2 = load(x, xOffset + j + 2 * COUNT).fma(load(y, yOffset + j + 2 * COUNT), a2);
                a3 = load(x, xOffset + j + 3 * COUNT).fma(load(y, yOffset + j + 3 * COUNT), a3);
            }
            if (RING > 4) {
                a4 = load(x, xOffset + j + 4 * COUNT).fma(load(y, yOffset + j + 4 * COUNT), a4);
                a5 = load(x, xOffset + j + 5 * COUNT).fma(load(y, yOffset + j + 5 * COUNT), a5);
                a6 = load(x, xOffset + j + 6 * COUNT).fma(load(y, yOffset + j + 6 * COUNT), a6);
                a7 = load(x, xOffset + j + 7 * COUNT).fma(load(y, yOffset + j + 7 * COUNT), a7);
            }
        }
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector last = load(x, xOffset + j).fma(load(y, yOffset + j), a0);
            a0 = a1;
            if (RING > 2) {
                a1 = a2;
                a2 = a3;
            }
            if (RING > 4) {
                a3 = a4;
                a4 = a5;
                a5 = a6;
                a6 = a7;
            }
            if (RING == 2) {
                a1 = last;
            } else if (RING == 4) {
                a3 = last;
            } else {
                a7 = last;
            }
        }
        if (j < n) {
            FloatVector tail = Tails.load(x, xOffset + j, n - j, 0f);
            a0 = tail.fma(Tails.load(y, yOffset + j, n - j, 0f), a0);
        }
        return fold(a0, a1, a2, a3, a4, a5, a6, a7);
    }

    /**
     * Returns the strided sum of e[j] = exp(x[j] - max), and writes e to y unless y is null. The
     * lanes after a row's end hold minus infinity, so that they add 0, or NaN where the sum is NaN
     * anyway.
     */
    static float exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float max) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector e = SimdMath.exp(load(x, xOffset + j).sub(max));
            if (y != null) {
                e.intoArray(y, yOffset + j);
            }
            FloatVector last = a0.add(e);
            a0 = a1;
            if (RING > 2) {
                a1 = a2;
                a2 = a3;
            }
            if (RING > 4) {
                a3 = a4;
                a4 = a5;
                a5 = a6;
                a6 = a7;
            }
            if (RING == 2) {
                a1 = last;
            } else if (RING == 4) {
                a3 = last;
            } else {
                a7 = last;
            }
        }
        if (j < n) {
            FloatVector tail = Tails.load(x, xOffset + j, n - j, Float.NEGATIVE_INFINITY);
            FloatVector e = SimdMath.exp(tail.sub(max));
            if (y != null) {
                Tails.store(e, y, yOffset + j, n - j);
            }
            a0 = a0.add(e);
        }
        return fold(a0, a1, a2, a3, a4, a5, a6, a7);
    }

    private static float fold(
            FloatVector a0,
            FloatVector a1,
            FloatVector a2,
            FloatVector a3,
            FloatVector a4,
            FloatVector a5,
            FloatVector a6,
            FloatVector a7) {
        if (RING > 4) {
            a0 = a0.add(a4);
            a1 = a1.add(a5);
            a2 = a2.add(a6);
            a3 = a3.add(a7);
        }
        if (RING > 2) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        return Fold.sum(a0.add(a1));
    }

    private static FloatVector load(float[] x, int offset) {
        return FloatVector.fromArray(FLOATS, x, offset);
    }
}
