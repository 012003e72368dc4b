package io.github.lanewise.nn.file;

/**
 * The floats of eight bits, each of which a float holds exactly: a sign, an exponent and a
 * fraction, as in IEEE 754's types, but for what their largest codes stand for.
 */
final class Float8 {

    private static final int SIGN = 0x80;
    private static final int MAGNITUDE = 0x7F;
    private static final int POWER_NAN = 0xFF;
    private static final int POWER_BIAS = 127;

    private Float8() {}

    static float toFloat(DType dtype, byte bits) {
        int code = bits & 0xFF;
        return switch (dtype) {
            // The one NaN of each sign stands where infinity and all else would not fit.
            case F8_E4M3 -> (code & MAGNITUDE) == MAGNITUDE ? Float.NaN : number(code, 3, 7);
            case F8_E5M2 -> ofHalf(code);
            case F8_E4M3FNUZ -> code == SIGN ? Float.NaN : number(code, 3, 8);
            case F8_E5M2FNUZ -> code == SIGN ? Float.NaN : number(code, 2, 16);
            case F8_E8M0 -> code == POWER_NAN ? Float.NaN : Math.scalb(1f, code - POWER_BIAS);
            default -> throw new IllegalArgumentException(dtype + " is no float of eight bits");
        };
    }

    /** It is the upper half of a float of 16 bits, infinities and NaN included. */
    private static float ofHalf(int code) {
        return Float.float16ToFloat((short) (code << 8));
    }

    private static float number(int code, int fractionBits, int bias) {
        int exponent = (code & MAGNITUDE) >> fractionBits;
        int fraction = code & (1 << fractionBits) - 1;
        int significand = exponent == 0 ? fraction : fraction + (1 << fractionBits);
        float size = Math.scalb((float) significand, Math.max(exponent, 1) - bias - fractionBits);
        return (code & SIGN) == 0 ? size : -size;
    }
}
