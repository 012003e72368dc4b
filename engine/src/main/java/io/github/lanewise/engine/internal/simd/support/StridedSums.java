package io.github.lanewise.engine.internal.simd.support;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.internal.scalar.StridedSum;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The strided sum of {@link io.github.lanewise.engine.Kernels}: its 32 partial sums are the lanes
 * of 2, 4 or 8 vectors, a0, a1, ...
 */
public final class StridedSums {

    private static final int BLOCK = 16;

    private static final int PARTIAL_SUMS = 32;

    /** Vectors that hold the partial sums: 2, 4 or 8. */
    private static final int VECTORS = PARTIAL_SUMS / COUNT;

    public static final VectorShuffle<Float> DOWN_8 = down(8);
    public static final VectorShuffle<Float> DOWN_4 = down(4);
    public static final VectorShuffle<Float> DOWN_2 = down(2);
    public static final VectorShuffle<Float> DOWN_1 = down(1);

    private StridedSums() {}

    /** Returns what moves lane i + h to lane i. */
    private static VectorShuffle<Float> down(int h) {
        return VectorShuffle.fromOp(FLOATS, i -> (i + h) % COUNT);
    }

    /** Returns the strided sum of n elements. */
    public static float sum(float[] x, int xAt, int n) {
        if (StridedSum.isLong(n)) {
            int h = StridedSum.firstPart(n);
            return sum(x, xAt, h) + sum(x, xAt + h, n - h);
        }
        int m = n / BLOCK * BLOCK;
        float sum = m == 0 ? 0f : blocks(x, xAt, 0f, null, 0, 0f, m);
        for (int j = m; j < n; j++) {
            sum += x[xAt + j];
        }
        return sum;
    }

    /** Returns the strided sum of fma(x[j], y[j], .). */
    public static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        return centeredDot(x, xAt, 0f, y, yAt, 0f, n);
    }

    /** Returns the strided sum of fma(x[j] - xMean, y[j] - yMean, .). */
    public static float centeredDot(
            float[] x, int xAt, float xMean, float[] y, int yAt, float yMean, int n) {
        if (StridedSum.isLong(n)) {
            int h = StridedSum.firstPart(n);
            return centeredDot(x, xAt, xMean, y, yAt, yMean, h)
                    + centeredDot(x, xAt + h, xMean, y, yAt + h, yMean, n - h);
        }
        int m = n / BLOCK * BLOCK;
        float sum = m == 0 ? 0f : blocks(x, xAt, xMean, y, yAt, yMean, m);
        for (int j = m; j < n; j++) {
            sum = Math.fma(x[xAt + j] - xMean, y[yAt + j] - yMean, sum);
        }
        return sum;
    }

    /**
     * Sums n elements, whole blocks; without y, those of x alone.
     *
     * <p>The vectors stand in a ring: a0 takes in the next elements and goes to its end. The ring
     * need not be turned back before it is folded, because vectors half a ring apart stay so, and a
     * + b is b + a.
     */
    private static float blocks(
            float[] x, int xAt, float xMean, float[] y, int yAt, float yMean, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        FloatVector xm = ZERO.broadcast(xMean);
        FloatVector ym = ZERO.broadcast(yMean);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            FloatVector last =
                    y == null
                            ? v.add(a0)
                            : v.sub(xm)
                                    .fma(
                                            FLOAT_VECTOR
                                                    .cast(fromArray(FLOATS, y, yAt + j))
                                                    .sub(ym),
                                            a0);
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
            a0 = FLOAT_VECTOR.cast(a0).add(a4);
            a1 = FLOAT_VECTOR.cast(a1).add(a5);
            a2 = FLOAT_VECTOR.cast(a2).add(a6);
            a3 = FLOAT_VECTOR.cast(a3).add(a7);
        }
        if (VECTORS > 2) {
            a0 = FLOAT_VECTOR.cast(a0).add(a2);
            a1 = FLOAT_VECTOR.cast(a1).add(a3);
        }
        a0 = FLOAT_VECTOR.cast(a0).add(a1);
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
