package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;

/**
 * Elementary functions of one float: the operations, and their order, that every kernel set
 * follows.
 *
 * <p>Largest errors, in units in the last place of the result, against {@link StrictMath} in
 * double: exp 0.91 and log 0.89 over all floats, expm1 0.96 and log1p 1.55 over their domains. The
 * polynomials are minimax fits (Remez) of our own; the reductions are the classical ones of Cody
 * and Waite, "Software Manual for the Elementary Functions", 1980.
 */
public final class ScalarMath {

    /**
     * Above this, e<sup>x</sup> is infinite; the clamp keeps 2<sup>n</sup> within its two factors.
     */
    public static final float EXP_MAX = 89f;

    /** Below this, e<sup>x</sup> is 0. */
    public static final float EXP_MIN = -104f;

    public static final float LOG2_E = 0x1.715476p+0f;

    /**
     * Adding this rounds to a whole number n, whose bits are then the low ones of the sum: 1.5 *
     * 2<sup>23</sup>, plus twice the exponent bias of a float.
     */
    public static final float EXP_ROUND = 0x1.8p+23f + 254;

    /** ln 2 in two parts, the first of 24 bits. */
    public static final float LN2_HIGH = 0x1.62e43p-1f;

    public static final float LN2_LOW = -0x1.05c61p-29f;

    /**
     * e<sup>r</sup> = 1 + r + r<sup>2</sup> (E2 + E3 r + ...), |r| &lt;= ln 2 / 2, within
     * 2<sup>-27.8</sup>.
     */
    public static final float E2 = 0x1.fffffcp-2f;

    public static final float E3 = 0x1.55549p-3f;
    public static final float E4 = 0x1.5558f8p-5f;
    public static final float E5 = 0x1.123b04p-7f;
    public static final float E6 = 0x1.6a2266p-10f;

    /** Bits of 2/3: the logarithm's reduced argument lies in [2/3, 4/3). */
    public static final int TWO_THIRDS = 0x3f2aaaab;

    /** A float's whole number n is n + INT_TO_FLOAT's bits, less INT_TO_FLOAT. */
    public static final float INT_TO_FLOAT = 0x1.8p+23f;

    /** ln 2 in two parts, the first of 16 bits, so that its product with an exponent is exact. */
    public static final float LN2_SHORT = 0x1.62e4p-1f;

    public static final float LN2_REST = 0x1.7f7d1cp-20f;

    /**
     * ln(1 + f) = f + f<sup>2</sup> (-1/2 + f (L3 + L4 f + ...)), |f| &lt;= 1/3, within
     * 2<sup>-27.4</sup>.
     */
    public static final float L3 = 0x1.555506p-2f;

    public static final float L4 = -0x1.fffefp-3f;
    public static final float L5 = 0x1.99d028p-3f;
    public static final float L6 = -0x1.559dcap-3f;
    public static final float L7 = 0x1.1ed718p-3f;
    public static final float L8 = -0x1.f31142p-4f;
    public static final float L9 = 0x1.1e66bap-3f;
    public static final float L10 = -0x1.080586p-3f;

    /** Below this, e<sup>x</sup> - 1 is -1. */
    public static final float EXPM1_MIN = -18f;

    /** As EXP_ROUND, but with the exponent bias once. */
    public static final float EXPM1_ROUND = 0x1.8p+23f + 127;

    public static final float ONE_THIRD = 0x1.555556p-2f;

    /** Beyond this, Phi(-z) and its derivative are 0. */
    public static final float TAIL_MAX = 16f;

    public static final float TAIL_SLOPE = 0.296875f;

    /** Phi(-z) e<sup>z<sup>2</sup>/2</sup> / t, 0 &lt;= z &lt;= 14.6, within 2<sup>-28.5</sup>. */
    public static final float T0 = 0x1.e52422p-4f;

    public static final float T1 = 0x1.e46a8cp-4f;
    public static final float T2 = 0x1.c218a6p-4f;
    public static final float T3 = 0x1.33c8fep-4f;
    public static final float T4 = 0x1.b43fdap-4f;
    public static final float T5 = -0x1.90f618p-4f;
    public static final float T6 = 0x1.bdcdacp-3f;
    public static final float T7 = -0x1.f06936p-3f;
    public static final float T8 = 0x1.d635c6p-4f;
    public static final float T9 = -0x1.4ee322p-6f;

    public static final float TWO_PI = 0x1.921fb6p+2f;

    /** From here on floats are whole; added to a smaller positive one, it rounds that to one. */
    public static final float WHOLE = 0x1p+23f;

    /** sin(2 pi t) = t (S0 + S1 t<sup>2</sup> + ...), |t| &lt;= 1/4, within 2<sup>-25</sup>. */
    public static final float S0 = TWO_PI;

    public static final float S1 = -0x1.4abbeep+5f;
    public static final float S2 = 0x1.466ee4p+6f;
    public static final float S3 = -0x1.32e03cp+6f;
    public static final float S4 = 0x1.466de4p+5f;

    private ScalarMath() {}

    /**
     * Returns e<sup>x</sup>. With n = round(x / ln 2) and r = x - n ln 2, it is e<sup>r</sup>
     * 2<sup>n</sup>; two factors of about 2<sup>n/2</sup> let subnormal results round only once.
     */
    public static float exp(float x) {
        x = x > EXP_MAX ? EXP_MAX : x;
        x = x < EXP_MIN ? EXP_MIN : x;
        float shifted = Fma.fma(x, LOG2_E, EXP_ROUND);
        float n = shifted - EXP_ROUND;
        float r = Fma.fma(n, -LN2_HIGH, x);
        r = Fma.fma(n, -LN2_LOW, r);
        float e = Fma.fma(E6, r, E5);
        e = Fma.fma(e, r, E4);
        e = Fma.fma(e, r, E3);
        e = Fma.fma(e, r, E2);
        e = Fma.fma(e, r, 1f);
        e = Fma.fma(e, r, 1f);
        int bits = Float.floatToRawIntBits(shifted);
        int half = bits >>> 1;
        return e * Float.intBitsToFloat(half << 23) * Float.intBitsToFloat((bits - half) << 23);
    }

    /**
     * Returns ln x. With x = 2<sup>k</sup> (1 + f), it is k ln 2 + ln(1 + f); the rounding error of
     * the leading sum, k ln 2 + f, is kept and added last.
     */
    public static float log(float x) {
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p24f : x);
        int exponent = (bits - TWO_THIRDS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
        int roundBits = Float.floatToRawIntBits(INT_TO_FLOAT);
        float k = Float.intBitsToFloat(exponent + roundBits) - INT_TO_FLOAT;
        k = subnormal ? k - 24f : k;
        float p = Fma.fma(L10, f, L9);
        p = Fma.fma(p, f, L8);
        p = Fma.fma(p, f, L7);
        p = Fma.fma(p, f, L6);
        p = Fma.fma(p, f, L5);
        p = Fma.fma(p, f, L4);
        p = Fma.fma(p, f, L3);
        p = Fma.fma(p, f, -0.5f);
        float rest = Fma.fma(f * f, p, k * LN2_REST);
        float high = k * LN2_SHORT;
        float sum = high + f;
        float y = sum + (f - (sum - high) + rest);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x > 0 ? y : x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        return y;
    }

    /**
     * Returns e<sup>x</sup> - 1 for x &lt;= 0. With n and r as in {@link #exp}, it is 2<sup>n</sup>
     * (e<sup>r</sup> - 1) + (2<sup>n</sup> - 1); for n = 0 the last term is none.
     */
    public static float expm1(float x) {
        x = x < EXPM1_MIN ? EXPM1_MIN : x;
        float shifted = Fma.fma(x, LOG2_E, EXPM1_ROUND);
        float n = shifted - EXPM1_ROUND;
        float r = Fma.fma(n, -LN2_HIGH, x);
        r = Fma.fma(n, -LN2_LOW, r);
        float e = Fma.fma(E6, r, E5);
        e = Fma.fma(e, r, E4);
        e = Fma.fma(e, r, E3);
        e = Fma.fma(e, r, E2);
        e = Fma.fma(r * r, e, r);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        return Fma.fma(scale, e, scale - 1f);
    }

    /**
     * Returns ln(1 + x) for 0 &lt;= x &lt;= 1: the logarithm's polynomial in x itself, or beyond
     * 1/3 in (1 + x) / 2 - 1, with ln 2 added.
     */
    public static float log1p(float x) {
        boolean halved = x > ONE_THIRD;
        float f = halved ? (x - 1f) * 0.5f : x;
        float p = Fma.fma(L10, f, L9);
        p = Fma.fma(p, f, L8);
        p = Fma.fma(p, f, L7);
        p = Fma.fma(p, f, L6);
        p = Fma.fma(p, f, L5);
        p = Fma.fma(p, f, L4);
        p = Fma.fma(p, f, L3);
        p = Fma.fma(p, f, -0.5f);
        float y = Fma.fma(f * f, p, f);
        return halved ? y + LN2_HIGH : y;
    }

    /**
     * Returns Phi(-z) for 0 &lt;= z &lt;= 16, Phi the distribution function of the normal
     * distribution.
     *
     * <p>It is e<sup>-z<sup>2</sup>/2</sup> t (T0 + T1 t + ...) with t = 1 / (1 + TAIL_SLOPE z).
     * The rounding error of z<sup>2</sup>, which the exponential would magnify, is made good after
     * it.
     *
     * @param e exp(-z * z / 2), z * z being rounded
     */
    public static float normalTail(float z, float e) {
        float t = 1f / Fma.fma(TAIL_SLOPE, z, 1f);
        float p = Fma.fma(T9, t, T8);
        p = Fma.fma(p, t, T7);
        p = Fma.fma(p, t, T6);
        p = Fma.fma(p, t, T5);
        p = Fma.fma(p, t, T4);
        p = Fma.fma(p, t, T3);
        p = Fma.fma(p, t, T2);
        p = Fma.fma(p, t, T1);
        p = Fma.fma(p, t, T0);
        float lost = Fma.fma(z, z, -(z * z));
        return Fma.fma(e, -0.5f * lost, e) * (p * t);
    }

    /** Returns x less the nearest whole number, for x &gt;= 0; NaN for infinity. */
    static float fraction(float x) {
        float whole = (x + WHOLE) - WHOLE;
        return x >= WHOLE ? x - x : x - whole;
    }

    /** Returns sin(2 pi t) for |t| &lt;= 1/4. */
    static float sineOfTurns(float t) {
        float u = t * t;
        float s = Fma.fma(S4, u, S3);
        s = Fma.fma(s, u, S2);
        s = Fma.fma(s, u, S1);
        s = Fma.fma(s, u, S0);
        return s * t;
    }
}
