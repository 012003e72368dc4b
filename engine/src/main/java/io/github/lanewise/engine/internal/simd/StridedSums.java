package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.internal.scalar.ScalarMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The strided sum of {@link io.github.lanewise.engine.Kernels}: its 32 partial sums are the lanes
 * of 2, 4 or 8 vectors, a0, a1, ...
 */
final class StridedSums {

    private static final int BLOCK = 16;

    private static final int PARTIAL_SUMS = 32;

    /** Vectors that hold the partial sums: 2, 4 or 8. */
    private static final int VECTORS = PARTIAL_SUMS / COUNT;

    private static final VectorShuffle<Float> DOWN_8 = down(8);
    private static final VectorShuffle<Float> DOWN_4 = down(4);
    private static final VectorShuffle<Float> DOWN_2 = down(2);
    private static final VectorShuffle<Float> DOWN_1 = down(1);

    private StridedSums() {}

    /** Returns what moves lane i + h to lane i. */
    private static VectorShuffle<Float> down(int h) {
        return VectorShuffle.fromOp(FLOATS, i -> (i + h) % COUNT);
    }

    /** Returns the strided sum of n elements. */
    static float sum(float[] x, int offset, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        for (; j <= n - PARTIAL_SUMS; j += PARTIAL_SUMS) {
            a0 = a0.add(fromArray(FLOATS, x, offset + j));
            a1 = a1.add(fromArray(FLOATS, x, offset + j + COUNT));
            if (VECTORS > 2) {
                a2 = a2.add(fromArray(FLOATS, x, offset + j + 2 * COUNT));
                a3 = a3.add(fromArray(FLOATS, x, offset + j + 3 * COUNT));
            }
            if (VECTORS > 4) {
                a4 = a4.add(fromArray(FLOATS, x, offset + j + 4 * COUNT));
                a5 = a5.add(fromArray(FLOATS, x, offset + j + 5 * COUNT));
                a6 = a6.add(fromArray(FLOATS, x, offset + j + 6 * COUNT));
                a7 = a7.add(fromArray(FLOATS, x, offset + j + 7 * COUNT));
            }
        }
        if (j <= n - BLOCK) {
            a0 = a0.add(fromArray(FLOATS, x, offset + j));
            if (VECTORS > 2) {
                a1 = a1.add(fromArray(FLOATS, x, offset + j + COUNT));
            }
            if (VECTORS > 4) {
                a2 = a2.add(fromArray(FLOATS, x, offset + j + 2 * COUNT));
                a3 = a3.add(fromArray(FLOATS, x, offset + j + 3 * COUNT));
            }
            j += BLOCK;
        }
        float sum = fold(a0, a1, a2, a3, a4, a5, a6, a7);
        for (; j < n; j++) {
            sum += x[offset + j];
        }
        return sum;
    }

    /** Returns the strided sum of fma(x[j], y[j], .). */
    static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        for (; j <= n - PARTIAL_SUMS; j += PARTIAL_SUMS) {
            a0 = fromArray(FLOATS, x, xOffset + j).fma(fromArray(FLOATS, y, yOffset + j), a0);
            a1 =
                    fromArray(FLOATS, x, xOffset + j + COUNT)
                            .fma(fromArray(FLOATS, y, yOffset + j + COUNT), a1);
            if (VECTORS > 2) {
                a2 =
                        fromArray(FLOATS, x, xOffset + j + 2 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 2 * COUNT), a2);
                a3 =
                        fromArray(FLOATS, x, xOffset + j + 3 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 3 * COUNT), a3);
            }
            if (VECTORS > 4) {
                a4 =
                        fromArray(FLOATS, x, xOffset + j + 4 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 4 * COUNT), a4);
                a5 =
                        fromArray(FLOATS, x, xOffset + j + 5 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 5 * COUNT), a5);
                a6 =
                        fromArray(FLOATS, x, xOffset + j + 6 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 6 * COUNT), a6);
                a7 =
                        fromArray(FLOATS, x, xOffset + j + 7 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 7 * COUNT), a7);
            }
        }
        if (j <= n - BLOCK) {
            a0 = fromArray(FLOATS, x, xOffset + j).fma(fromArray(FLOATS, y, yOffset + j), a0);
            if (VECTORS > 2) {
                a1 =
                        fromArray(FLOATS, x, xOffset + j + COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + COUNT), a1);
            }
            if (VECTORS > 4) {
                a2 =
                        fromArray(FLOATS, x, xOffset + j + 2 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 2 * COUNT), a2);
                a3 =
                        fromArray(FLOATS, x, xOffset + j + 3 * COUNT)
                                .fma(fromArray(FLOATS, y, yOffset + j + 3 * COUNT), a3);
            }
            j += BLOCK;
        }
        float sum = fold(a0, a1, a2, a3, a4, a5, a6, a7);
        for (; j < n; j++) {
            sum = Math.fma(x[xOffset + j], y[yOffset + j], sum);
        }
        return sum;
    }

    /** Returns the strided sum of e[j] = exp(x[j] - max), and writes e to y unless y is null. */
    static float exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float max) {
        return n < BLOCK
                ? shortExponentials(x, xOffset, y, yOffset, 0, n, max, 0f)
                : longExponentials(x, xOffset, y, yOffset, n, max);
    }

    /** Adds the elements from j to n one by one to a sum. */
    private static float shortExponentials(
            float[] x, int xOffset, float[] y, int yOffset, int j, int n, float max, float sum) {
        for (; j < n; j++) {
            float e = ScalarMath.exp(x[xOffset + j] - max);
            if (y != null) {
                y[yOffset + j] = e;
            }
            sum += e;
        }
        return sum;
    }

    /**
     * Sums rows of a block or more. Shorter ones stay out: where a loop's body ran in few calls of
     * a method, C2 takes exp for cold there, does not inline it, and makes each vector an object,
     * for good.
     *
     * <p>Unrolling would inline exp too often. So the vectors stand in a ring: a0 takes in the next
     * elements and goes to its end. The ring need not be turned back before it is folded, because
     * vectors half a ring apart stay so, and a + b is b + a. The fold, spelled out again, makes
     * this method too big to be inlined, so that exp is never more than one call down.
     */
    private static float longExponentials(
            float[] x, int xOffset, float[] y, int yOffset, int n, float max) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int j = 0;
        int m = n / BLOCK * BLOCK;
        for (; j < m; j += COUNT) {
            FloatVector e = SimdMath.exp(fromArray(FLOATS, x, xOffset + j).sub(max));
            if (y != null) {
                e.intoArray(y, yOffset + j);
            }
            FloatVector last = a0.add(e);
            a0 = a1;
            a1 = VECTORS == 2 ? last : a2;
            a2 = a3;
            a3 = VECTORS == 4 ? last : a4;
            a4 = a5;
            a5 = a6;
            a6 = a7;
            a7 = last;
        }
        if (VECTORS > 4) {
            a0 = a0.add(a4);
            a1 = a1.add(a5);
            a2 = a2.add(a6);
            a3 = a3.add(a7);
        }
        if (VECTORS > 2) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        a0 = a0.add(a1);
        if (COUNT > 8) {
            a0 = a0.add(a0.rearrange(DOWN_8));
        }
        if (COUNT > 4) {
            a0 = a0.add(a0.rearrange(DOWN_4));
        }
        a0 = a0.add(a0.rearrange(DOWN_2));
        float sum = a0.add(a0.rearrange(DOWN_1)).lane(0);
        return shortExponentials(x, xOffset, y, yOffset, j, n, max, sum);
    }

    /** Folds the partial sums that the vectors hold. */
    static float fold(
            FloatVector a0,
            FloatVector a1,
            FloatVector a2,
            FloatVector a3,
            FloatVector a4,
            FloatVector a5,
            FloatVector a6,
            FloatVector a7) {
        if (VECTORS > 4) {
            a0 = a0.add(a4);
            a1 = a1.add(a5);
            a2 = a2.add(a6);
            a3 = a3.add(a7);
        }
        if (VECTORS > 2) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        a0 = a0.add(a1);
        if (COUNT > 8) {
            a0 = a0.add(a0.rearrange(DOWN_8));
        }
        if (COUNT > 4) {
            a0 = a0.add(a0.rearrange(DOWN_4));
        }
        a0 = a0.add(a0.rearrange(DOWN_2));
        return a0.add(a0.rearrange(DOWN_1)).lane(0);
    }
}
