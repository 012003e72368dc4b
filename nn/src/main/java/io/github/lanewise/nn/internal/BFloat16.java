package io.github.lanewise.nn.internal;

/** The upper halves of floats. */
public final class BFloat16 {

    private BFloat16() {}

    /** Rounds to the nearest, ties to even; a NaN keeps its upper bits and stays one. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (value != value) {
            int upper = bits >> 16;
            return (short) ((upper & 0x7F) == 0 ? upper | 0x40 : upper);
        }
        return (short) (bits + 0x7FFF + (bits >> 16 & 1) >> 16);
    }

    /** Returns the float that it is. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
