package io.github.lanewise.engine.internal.simd.support;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.*;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link io.github.lanewise.engine.internal.scalar.ScalarMath} over spans of n elements, a multiple
 * of the lanes: the same operations in the same order, so the same bits. A span may be replaced in
 * place.
 *
 * <p>Spans, not vectors: were a function of one vector not inlined, which C2 decides by profile and
 * size, every vector would be an object, for good. So no method of this package takes or returns a
 * vector. A loop calls the Vector API alone, which C2 always inlines; what takes several functions
 * is several loops over a {@link Scratch} array.
 */
public final class SimdMath {

    /** Takes x as it is. */
    public static final int VALUE = -1;

    /** Takes |x|: all bits of a float but its sign. */
    public static final int SIZE = Integer.MAX_VALUE;

    private SimdMath() {}

    /**
     * y = exp(fma(factor, v, -shift)), where v is x or |x|, as the part says.
     *
     * <p>What lies outside the limits is replaced after the arithmetic, not clamped before it as in
     * {@link io.github.lanewise.engine.internal.scalar.ScalarMath}: the value is the same, and
     * nothing waits for it (a quarter faster).
     */
    public static void exp(
            int part, float factor, float[] x, int xAt, float shift, float[] y, int yAt, int n) {
        FloatVector factors = ZERO.broadcast(factor);
        FloatVector minusShift = ZERO.broadcast(-shift);
        for (int j = 0; j < n; j += COUNT) {
            IntVector all =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j)).reinterpretAsInts());
            FloatVector taken = FLOAT_VECTOR.cast(all.and(part).reinterpretAsFloats());
            FloatVector v = taken.fma(factors, minusShift);
            FloatVector shifted = v.fma(ZERO.broadcast(LOG2_E), ZERO.broadcast(EXP_ROUND));
            FloatVector whole = shifted.sub(EXP_ROUND);
            FloatVector r = whole.fma(ZERO.broadcast(-LN2_HIGH), v);
            r = whole.fma(ZERO.broadcast(-LN2_LOW), r);
            FloatVector e = r.fma(ZERO.broadcast(E6), ZERO.broadcast(E5));
            e = e.fma(r, ZERO.broadcast(E4));
            e = e.fma(r, ZERO.broadcast(E3));
            e = e.fma(r, ZERO.broadcast(E2));
            e = e.fma(r, ZERO.broadcast(1f));
            e = e.fma(r, ZERO.broadcast(1f));
            IntVector bits = INT_VECTOR.cast(shifted.reinterpretAsInts());
            IntVector half = bits.lanewise(LSHR, 1);
            FloatVector scale1 = half.lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector scale2 = bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats();
            e = e.mul(scale1).mul(scale2);
            e = e.blend(Float.POSITIVE_INFINITY, v.compare(GT, EXP_MAX));
            e.blend(0f, v.compare(LT, EXP_MIN)).intoArray(y, yAt + j);
        }
    }

    /** y = exp(factor * v) - 1, where v is x or |x|, as the part says, and factor * v &lt;= 0. */
    public static void expm1(
            int part, float factor, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j += COUNT) {
            IntVector all =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j)).reinterpretAsInts());
            FloatVector taken = FLOAT_VECTOR.cast(all.and(part).reinterpretAsFloats());
            FloatVector v = taken.mul(factor);
            FloatVector shifted = v.fma(ZERO.broadcast(LOG2_E), ZERO.broadcast(EXPM1_ROUND));
            FloatVector whole = shifted.sub(EXPM1_ROUND);
            FloatVector r = whole.fma(ZERO.broadcast(-LN2_HIGH), v);
            r = whole.fma(ZERO.broadcast(-LN2_LOW), r);
            FloatVector e = r.fma(ZERO.broadcast(E6), ZERO.broadcast(E5));
            e = e.fma(r, ZERO.broadcast(E4));
            e = e.fma(r, ZERO.broadcast(E3));
            e = e.fma(r, ZERO.broadcast(E2));
            e = r.mul(r).fma(e, r);
            IntVector exponent = INT_VECTOR.cast(shifted.reinterpretAsInts()).lanewise(LSHL, 23);
            FloatVector scale = FLOAT_VECTOR.cast(exponent.reinterpretAsFloats());
            e = scale.fma(e, scale.sub(1f));
            e.blend(-1f, v.compare(LT, EXPM1_MIN)).intoArray(y, yAt + j);
        }
    }

    /** y = ln x. */
    public static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        FloatVector nan = ZERO.broadcast(Float.NaN);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            VectorMask<Float> subnormal = v.compare(LT, Float.MIN_NORMAL);
            FloatVector normal = v.blend(v.mul(0x1p24f), subnormal);
            IntVector bits = INT_VECTOR.cast(normal.reinterpretAsInts());
            IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, 23);
            IntVector mantissa = bits.sub(exponent.lanewise(LSHL, 23));
            FloatVector f = FLOAT_VECTOR.cast(mantissa.reinterpretAsFloats()).sub(1f);
            IntVector whole = exponent.add(Float.floatToRawIntBits(INT_TO_FLOAT));
            FloatVector k = FLOAT_VECTOR.cast(whole.reinterpretAsFloats()).sub(INT_TO_FLOAT);
            k = k.blend(k.sub(24f), subnormal);
            FloatVector p = f.fma(ZERO.broadcast(L10), ZERO.broadcast(L9));
            p = p.fma(f, ZERO.broadcast(L8));
            p = p.fma(f, ZERO.broadcast(L7));
            p = p.fma(f, ZERO.broadcast(L6));
            p = p.fma(f, ZERO.broadcast(L5));
            p = p.fma(f, ZERO.broadcast(L4));
            p = p.fma(f, ZERO.broadcast(L3));
            p = p.fma(f, ZERO.broadcast(-0.5f));
            FloatVector rest = f.mul(f).fma(p, k.mul(LN2_REST));
            FloatVector high = k.mul(LN2_SHORT);
            FloatVector sum = high.add(f);
            FloatVector ln = sum.add(f.sub(sum.sub(high)).add(rest));
            ln = v.blend(ln, v.compare(LT, Float.POSITIVE_INFINITY));
            ln = nan.blend(ln, v.compare(GT, 0f));
            ln.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0f)).intoArray(y, yAt + j);
        }
    }

    /** y = ln(1 + x) for 0 &lt;= x &lt;= 1. */
    public static void log1p(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            VectorMask<Float> halved = v.compare(GT, ONE_THIRD);
            FloatVector f = v.blend(v.sub(1f).mul(0.5f), halved);
            FloatVector p = f.fma(ZERO.broadcast(L10), ZERO.broadcast(L9));
            p = p.fma(f, ZERO.broadcast(L8));
            p = p.fma(f, ZERO.broadcast(L7));
            p = p.fma(f, ZERO.broadcast(L6));
            p = p.fma(f, ZERO.broadcast(L5));
            p = p.fma(f, ZERO.broadcast(L4));
            p = p.fma(f, ZERO.broadcast(L3));
            p = p.fma(f, ZERO.broadcast(-0.5f));
            FloatVector ln = f.mul(f).fma(p, f);
            ln.blend(ln.add(LN2_HIGH), halved).intoArray(y, yAt + j);
        }
    }
}
