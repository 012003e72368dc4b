package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.*;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
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

/**
 * {@link ScalarMath} on every lane: the same operations in the same order, so the same bits.
 *
 * <p>C2 must inline these methods, or each vector becomes an object. It surely inlines what a hot
 * loop calls directly. One call further down it goes by the profile of the method in between, which
 * is empty if that ran while the JVM had no time to profile. So here, as everywhere in this
 * package, a method that handles vectors calls the Vector API itself, which C2 always inlines, or
 * at most one method of ours that does.
 */
final class SimdMath {

    private SimdMath() {}

    static FloatVector exp(FloatVector x) {
        x = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        x = x.blend(EXP_MIN, x.compare(LT, EXP_MIN));
        FloatVector shifted = x.fma(broadcast(FLOATS, LOG2_E), broadcast(FLOATS, EXP_ROUND));
        FloatVector n = shifted.sub(EXP_ROUND);
        FloatVector r = n.fma(broadcast(FLOATS, -LN2_HIGH), x);
        r = n.fma(broadcast(FLOATS, -LN2_LOW), r);
        FloatVector e = r.fma(broadcast(FLOATS, E6), broadcast(FLOATS, E5));
        e = e.fma(r, broadcast(FLOATS, E4));
        e = e.fma(r, broadcast(FLOATS, E3));
        e = e.fma(r, broadcast(FLOATS, E2));
        e = e.fma(r, broadcast(FLOATS, 1f));
        e = e.fma(r, broadcast(FLOATS, 1f));
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.lanewise(LSHR, 1);
        FloatVector scale1 = half.lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector scale2 = bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats();
        return e.mul(scale1).mul(scale2);
    }

    /**
     * Returns ln x where 0 &lt; x &lt; infinity; {@link #logAtLimits} does the rest. One method
     * would be above the 325 bytecodes that C2 inlines.
     */
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
        FloatVector p = f.fma(broadcast(FLOATS, L10), broadcast(FLOATS, L9));
        p = p.fma(f, broadcast(FLOATS, L8));
        p = p.fma(f, broadcast(FLOATS, L7));
        p = p.fma(f, broadcast(FLOATS, L6));
        p = p.fma(f, broadcast(FLOATS, L5));
        p = p.fma(f, broadcast(FLOATS, L4));
        p = p.fma(f, broadcast(FLOATS, L3));
        p = p.fma(f, broadcast(FLOATS, -0.5f));
        FloatVector rest = f.mul(f).fma(p, k.mul(LN2_REST));
        FloatVector high = k.mul(LN2_SHORT);
        FloatVector sum = high.add(f);
        return sum.add(f.sub(sum.sub(high)).add(rest));
    }

    /** Returns y where 0 &lt; x &lt; infinity, else ln x. */
    static FloatVector logAtLimits(FloatVector x, FloatVector y) {
        y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        y = broadcast(FLOATS, Float.NaN).blend(y, x.compare(GT, 0f));
        return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    }

    static FloatVector expm1(FloatVector x) {
        x = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
        FloatVector shifted = x.fma(broadcast(FLOATS, LOG2_E), broadcast(FLOATS, EXPM1_ROUND));
        FloatVector n = shifted.sub(EXPM1_ROUND);
        FloatVector r = n.fma(broadcast(FLOATS, -LN2_HIGH), x);
        r = n.fma(broadcast(FLOATS, -LN2_LOW), r);
        FloatVector e = r.fma(broadcast(FLOATS, E6), broadcast(FLOATS, E5));
        e = e.fma(r, broadcast(FLOATS, E4));
        e = e.fma(r, broadcast(FLOATS, E3));
        e = e.fma(r, broadcast(FLOATS, E2));
        e = r.mul(r).fma(e, r);
        FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
        return scale.fma(e, scale.sub(1f));
    }

    static FloatVector log1p(FloatVector x) {
        VectorMask<Float> halved = x.compare(GT, ONE_THIRD);
        FloatVector f = x.blend(x.sub(1f).mul(0.5f), halved);
        FloatVector p = f.fma(broadcast(FLOATS, L10), broadcast(FLOATS, L9));
        p = p.fma(f, broadcast(FLOATS, L8));
        p = p.fma(f, broadcast(FLOATS, L7));
        p = p.fma(f, broadcast(FLOATS, L6));
        p = p.fma(f, broadcast(FLOATS, L5));
        p = p.fma(f, broadcast(FLOATS, L4));
        p = p.fma(f, broadcast(FLOATS, L3));
        p = p.fma(f, broadcast(FLOATS, -0.5f));
        FloatVector y = f.mul(f).fma(p, f);
        return y.blend(y.add(LN2_HIGH), halved);
    }

    static FloatVector normalTail(FloatVector z, FloatVector e) {
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector t = one.div(z.fma(broadcast(FLOATS, TAIL_SLOPE), one));
        FloatVector p = t.fma(broadcast(FLOATS, T9), broadcast(FLOATS, T8));
        p = p.fma(t, broadcast(FLOATS, T7));
        p = p.fma(t, broadcast(FLOATS, T6));
        p = p.fma(t, broadcast(FLOATS, T5));
        p = p.fma(t, broadcast(FLOATS, T4));
        p = p.fma(t, broadcast(FLOATS, T3));
        p = p.fma(t, broadcast(FLOATS, T2));
        p = p.fma(t, broadcast(FLOATS, T1));
        p = p.fma(t, broadcast(FLOATS, T0));
        FloatVector lost = z.fma(z, z.mul(z).neg());
        return e.fma(lost.mul(-0.5f), e).mul(p.mul(t));
    }
}
