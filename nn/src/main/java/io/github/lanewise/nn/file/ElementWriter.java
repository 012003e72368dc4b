package io.github.lanewise.nn.file;

import io.github.lanewise.nn.internal.BFloat16;

import java.nio.ByteBuffer;

/**
 * Turns Java's numbers into the bytes of stored elements. Each method writes {@code count} elements
 * at a buffer's position, which it moves behind them, and returns the index of the first that the
 * stored type cannot hold, or -1.
 */
final class ElementWriter {

    /** The largest BF16 and half of the step above it: from here on, floats round to infinity. */
    private static final int BF16_OVERFLOW_BITS = 0x7F7F_8000;

    private ElementWriter() {}

    /**
     * Writes floats: as they are, widened, or rounded to the nearest F16 or BF16 (ties to even). No
     * finite value may become infinite; NaN stays NaN.
     */
    static int floats(DType dtype, float[] values, int at, int count, ByteBuffer into) {
        switch (dtype) {
            case F32 -> {
                into.asFloatBuffer().put(values, at, count);
                into.position(into.position() + 4 * count);
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    into.putDouble(values[at + i]);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    short half = Float.floatToFloat16(values[at + i]);
                    into.putShort(half);
                    if ((half & 0x7FFF) == 0x7C00 && !Float.isInfinite(values[at + i])) {
                        return i;
                    }
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    float value = values[at + i];
                    into.putShort(BFloat16.of(value));
                    int bits = Float.floatToRawIntBits(value) & 0x7FFF_FFFF;
                    if (bits >= BF16_OVERFLOW_BITS && bits < 0x7F80_0000) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    /** Writes doubles as they are. */
    static int doubles(double[] values, int at, int count, ByteBuffer into) {
        into.asDoubleBuffer().put(values, at, count);
        into.position(into.position() + 8 * count);
        return -1;
    }

    /** Writes longs as whole numbers. */
    static int longs(DType dtype, long[] values, int at, int count, ByteBuffer into) {
        for (int i = 0; i < count; i++) {
            if (!whole(dtype, values[at + i], into)) {
                return i;
            }
        }
        return -1;
    }

    /** Writes ints as whole numbers. */
    static int ints(DType dtype, int[] values, int at, int count, ByteBuffer into) {
        for (int i = 0; i < count; i++) {
            if (!whole(dtype, values[at + i], into)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean whole(DType dtype, long value, ByteBuffer into) {
        switch (dtype) {
            case BOOL, U8, I8 -> into.put((byte) value);
            case I16, U16 -> into.putShort((short) value);
            case I32, U32 -> into.putInt((int) value);
            default -> into.putLong(value);
        }
        return switch (dtype) {
            case BOOL -> value >> 1 == 0;
            case U8 -> value >> 8 == 0;
            case I8 -> (byte) value == value;
            case I16 -> (short) value == value;
            case U16 -> value >> 16 == 0;
            case I32 -> (int) value == value;
            case U32 -> value >> 32 == 0;
            case U64 -> value >= 0;
            default -> true;
        };
    }
}
