package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;

/**
 * Elementary functions of one float: the operations, and their order, that every kernel set
 * follows.
 *
 * <p>Largest errors, in units in the last place of the result, against {@link StrictMath} in
 * double: exp 0.91 and log 0.89 over all floats. The polynomials are minimax fits (Remez) of our
 * own; the reductions are the classical ones of Cody and Waite, "Software Manual for the Elementary
 * Functions", 1980.
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

    private ScalarMath() {}

    /**
     * Returns e<sup>x</sup>. With n = round(x / ln 2) and r = x - n ln 2, it is e<sup>r</sup>
     * 2<sup>n</sup>; two factors of about 2<sup>n/2</sup> let subnormal results round only once.
     */
    public static float exp(float x) {
        x = x > EXP_MAX ? EXP_MAX : x;
        x = x < EXP_MIN ? EXP_MIN : x;
        float shifted = Math.fma(x, LOG2_E, EXP_ROUND);
        float n = shifted - EXP_ROUND;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float e = Math.fma(E6, r, E5);
        e = Math.fma(e, r, E4);
        e = Math.fma(e, r, E3);
        e = Math.fma(e, r, E2);
        e = Math.fma(e, r, 1f);
        e = Math.fma(e, r, 1f);
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
        float p = Math.fma(L10, f, L9);
        p = Math.fma(p, f, L8);
        p = Math.fma(p, f, L7);
        p = Math.fma(p, f, L6);
        p = Math.fma(p, f, L5);
        p = Math.fma(p, f, L4);
        p = Math.fma(p, f, L3);
        p = Math.fma(p, f, -0.5f);
        float rest = Math.fma(f * f, p, k * LN2_REST);
        float high = k * LN2_SHORT;
        float sum = high + f;
        float y = sum + (f - (sum - high) + rest);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x > 0 ? y : x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        return y;
    }

    /** Returns f(x). */
    public static float activation(Activation f, float x) {
        return switch (f.kind()) {
            case IDENTITY -> x;
            case RELU -> x <= 0 ? 0f : x;
            case EXP -> exp(x);
            case LOG -> log(x);
        };
    }

    /** Returns dy times f', computed from what {@link Activation#saved()} names. */
    public static float activationGradient(Activation f, float saved, float dy) {
        return switch (f.kind()) {
            case IDENTITY -> dy;
            case RELU -> saved <= 0 ? 0f : dy;
            case EXP -> dy * saved;
            case LOG -> dy / saved;
        };
    }
}
