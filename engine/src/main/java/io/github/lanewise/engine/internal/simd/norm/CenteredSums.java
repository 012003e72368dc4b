package io.github.lanewise.engine.internal.simd.norm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.internal.simd.support.StridedSums;

import jdk.incubator.vector.FloatVector;

/**
 * The strided sum of x[j] - shift. As in {@link StridedSums} the 32 partial sums are the lanes of
 * 2, 4 or 8 vectors in a ring: the first takes in the next elements and goes to the end.
 *
 * <p>A sum that went round a loop is an argument and never a receiver, so that C2 knows each
 * receiver's class; zero + sum is the sum, which begins with 0 and so is never -0.
 */
final class CenteredSums {

    private static final int BLOCK = 16;

    /** Vectors that hold the partial sums: 2, 4 or 8. */
    private static final int VECTORS = 32 / COUNT;

    private CenteredSums() {}

    /** Returns the strided sum of n differences. */
    static float of(float[] x, int at, float shift, int n) {
        int m = n / BLOCK * BLOCK;
        float sum = m == 0 ? 0f : blocks(x, at, shift, m);
        for (int j = m; j < n; j++) {
            sum += x[at + j] - shift;
        }
        return sum;
    }

    private static float blocks(float[] x, int at, float shift, int n) {
        FloatVector zero = ZERO.broadcast(0f);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        for (int j = 0; j < n; j += COUNT) {
            FloatVector last = FLOAT_VECTOR.cast(fromArray(FLOATS, x, at + j)).sub(shift).add(a0);
            a0 = a1;
            a1 = VECTORS == 2 ? last : a2;
            a2 = a3;
            a3 = VECTORS == 4 ? last : a4;
            a4 = a5;
            a5 = a6;
            a6 = a7;
            a7 = last;
        }
        FloatVector s0 = zero.add(a0);
        FloatVector s1 = zero.add(a1);
        if (VECTORS > 2) {
            FloatVector s2 = zero.add(a2);
            FloatVector s3 = zero.add(a3);
            if (VECTORS > 4) {
                s0 = s0.add(a4);
                s1 = s1.add(a5);
                s2 = s2.add(a6);
                s3 = s3.add(a7);
            }
            s0 = s0.add(s2);
            s1 = s1.add(s3);
        }
        s0 = s0.add(s1);
        if (COUNT > 8) {
            s0 = s0.add(s0.rearrange(StridedSums.DOWN_8));
        }
        if (COUNT > 4) {
            s0 = s0.add(s0.rearrange(StridedSums.DOWN_4));
        }
        s0 = s0.add(s0.rearrange(StridedSums.DOWN_2));
        return s0.add(s0.rearrange(StridedSums.DOWN_1)).lane(0);
    }
}
