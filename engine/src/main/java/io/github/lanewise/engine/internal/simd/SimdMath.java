package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.*;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.internal.scalar.ScalarMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarMath} on every lane: the same operations in the same order, so the same bits. */
final class SimdMath {

    private SimdMath() {}

    static FloatVector broadcast(float x) {
        return FloatVector.broadcast(FLOATS, x);
    }

    static FloatVector exp(FloatVector x) {
        x = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        x = x.blend(EXP_MIN, x.compare(LT, EXP_MIN));
        FloatVector shifted = x.fma(broadcast(LOG2_E), broadcast(EXP_ROUND));
        FloatVector n = shifted.sub(EXP_ROUND);
        FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
        r = n.fma(broadcast(-LN2_LOW), r);
        FloatVector e = r.fma(broadcast(E6), broadcast(E5));
        e = e.fma(r, broadcast(E4));
        e = e.fma(r, broadcast(E3));
        e = e.fma(r, broadcast(E2));
        e = e.fma(r, broadcast(1f));
        e = e.fma(r, broadcast(1f));
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.lanewise(LSHR, 1);
        FloatVector scale1 = half.lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector scale2 = bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats();
        return e.mul(scale1).mul(scale2);
    }

    static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(0x1p24f), subnormal).reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
        FloatVector k =
                exponent.add(Float.floatToRawIntBits(INT_TO_FLOAT))
                        .reinterpretAsFloats()
                        .sub(INT_TO_FLOAT);
        k = k.blend(k.sub(24f), subnormal);
        FloatVector p = f.fma(broadcast(L10), broadcast(L9));
        p = p.fma(f, broadcast(L8));
        p = p.fma(f, broadcast(L7));
        p = p.fma(f, broadcast(L6));
        p = p.fma(f, broadcast(L5));
        p = p.fma(f, broadcast(L4));
        p = p.fma(f, broadcast(L3));
        p = p.fma(f, broadcast(-0.5f));
        FloatVector rest = f.mul(f).fma(p, k.mul(LN2_REST));
        FloatVector high = k.mul(LN2_SHORT);
        FloatVector sum = high.add(f);
        FloatVector y = sum.add(f.sub(sum.sub(high)).add(rest));
        return special(x, y);
    }

    /** Replaces y = ln x where x is infinite, NaN, negative or 0. */
    private static FloatVector special(FloatVector x, FloatVector y) {
        y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        y = broadcast(Float.NaN).blend(y, x.compare(GT, 0f));
        return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    }
}
