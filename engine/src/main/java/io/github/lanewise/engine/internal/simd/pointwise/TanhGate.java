package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_CUBIC;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_SLOPE;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.TAIL_MAX;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** The gate of the GELU by tanh, which is the sigmoid of an odd cubic of x. */
final class TanhGate {

    private TanhGate() {}

    /** a = the cubic of x, which is clipped to where the gate still changes. */
    static void arguments(float[] x, int xAt, float[] a, int n) {
        FloatVector slope = ZERO.broadcast(TANH_SLOPE);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            v = v.blend(-TAIL_MAX, v.compare(LT, -TAIL_MAX));
            v = v.blend(TAIL_MAX, v.compare(GT, TAIL_MAX));
            v.mul(v.mul(TANH_CUBIC).fma(v, slope)).intoArray(a, j);
        }
    }

    /** dx = d times the slope of x gate(x), given a and e = exp(-|a|). */
    static void gradient(
            float[] x,
            int xAt,
            float[] a,
            float[] e,
            float[] d,
            int dAt,
            float[] dx,
            int dxAt,
            int n) {
        FloatVector one = ZERO.broadcast(1f);
        FloatVector linear = ZERO.broadcast(TANH_SLOPE);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            v = v.blend(-TAIL_MAX, v.compare(LT, -TAIL_MAX));
            v = v.blend(TAIL_MAX, v.compare(GT, TAIL_MAX));
            FloatVector exp = FLOAT_VECTOR.cast(fromArray(FLOATS, e, j));
            FloatVector inverse = one.div(exp.add(1f));
            FloatVector steepness = v.mul(v.mul(3f * TANH_CUBIC).fma(v, linear));
            FloatVector gate =
                    one.blend(exp, FLOAT_VECTOR.cast(fromArray(FLOATS, a, j)).compare(LT, 0f))
                            .mul(inverse);
            FloatVector slope = steepness.fma(exp.mul(inverse).mul(inverse), gate);
            FLOAT_VECTOR.cast(fromArray(FLOATS, d, dAt + j)).mul(slope).intoArray(dx, dxAt + j);
        }
    }
}
