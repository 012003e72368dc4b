package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.*;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.FloatVector;

/** {@code ScalarMath.normalTail} over spans, for GELU: z is |x|, at most TAIL_MAX. */
final class NormalTails {

    private NormalTails() {}

    /** e = exp(-z * z / 2), t = the tail beyond z. */
    static void of(float[] x, int xAt, float[] e, float[] t, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector z = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j)).abs();
            z = z.blend(TAIL_MAX, z.compare(GT, TAIL_MAX));
            z.intoArray(t, j);
            z.mul(z).mul(-0.5f).intoArray(e, j);
        }
        SimdMath.exp(SimdMath.VALUE, 1f, e, 0, 0f, e, 0, n);
        FloatVector one = ZERO.broadcast(1f);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector z = FLOAT_VECTOR.cast(fromArray(FLOATS, t, j));
            FloatVector u = one.div(z.fma(ZERO.broadcast(TAIL_SLOPE), one));
            FloatVector p = u.fma(ZERO.broadcast(T9), ZERO.broadcast(T8));
            p = p.fma(u, ZERO.broadcast(T7));
            p = p.fma(u, ZERO.broadcast(T6));
            p = p.fma(u, ZERO.broadcast(T5));
            p = p.fma(u, ZERO.broadcast(T4));
            p = p.fma(u, ZERO.broadcast(T3));
            p = p.fma(u, ZERO.broadcast(T2));
            p = p.fma(u, ZERO.broadcast(T1));
            p = p.fma(u, ZERO.broadcast(T0));
            FloatVector lost = z.fma(z, z.mul(z).neg());
            FloatVector density = FLOAT_VECTOR.cast(fromArray(FLOATS, e, j));
            density.fma(lost.mul(-0.5f), density).mul(p.mul(u)).intoArray(t, j);
        }
    }
}
