package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/** The strided sum of fma(x[j] - xMean, y[j] - yMean, .); see {@link StridedSums}. */
final class CentredDots {

    private static final int BLOCK = 16;

    private static final int PARTIAL_SUMS = 32;

    /** Vectors that hold the partial sums: 2, 4 or 8. */
    private static final int VECTORS = PARTIAL_SUMS / COUNT;

    private CentredDots() {}

    /**
     * Returns the sum. The vectors stand in a ring: a0 takes in the next elements and goes to its
     * end; vectors half a ring apart stay so, which is all that the fold asks for.
     */
    static float of(
            float[] x, int xOffset, float xMean, float[] y, int yOffset, float yMean, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        FloatVector xm = broadcast(FLOATS, xMean);
        FloatVector ym = broadcast(FLOATS, yMean);
        int m = n / BLOCK * BLOCK;
        int j = 0;
        for (; j < m; j += COUNT) {
            FloatVector u = fromArray(FLOATS, x, xOffset + j).sub(xm);
            FloatVector last = u.fma(fromArray(FLOATS, y, yOffset + j).sub(ym), a0);
            a0 = a1;
            a1 = VECTORS == 2 ? last : a2;
            a2 = a3;
            a3 = VECTORS == 4 ? last : a4;
            a4 = a5;
            a5 = a6;
            a6 = a7;
            a7 = last;
        }
        float sum = StridedSums.fold(a0, a1, a2, a3, a4, a5, a6, a7);
        for (; j < n; j++) {
            sum = Math.fma(x[xOffset + j] - xMean, y[yOffset + j] - yMean, sum);
        }
        return sum;
    }
}
