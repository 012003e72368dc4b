package io.github.lanewise.nn.file;

import io.github.lanewise.nn.internal.BFloat16;

import java.nio.ByteBuffer;

/**
 * Turns the bytes of stored elements into Java's numbers. Each method reads {@code count} elements
 * from a buffer's position on, in the buffer's byte order, and returns the index of the first that
 * the target type cannot hold, or -1.
 */
final class ElementReader {

    private ElementReader() {}

    /**
     * Reads floats. F8, F16, BF16 and F32 keep every value (a signalling NaN may turn quiet); F64
     * is rounded to the nearest float, but may not become infinite; whole numbers must be floats.
     */
    static int floats(DType dtype, ByteBuffer bytes, float[] into, int at, int count) {
        int from = bytes.position();
        switch (dtype) {
            case F32 -> bytes.asFloatBuffer().get(into, at, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    into[at + i] = Float.float16ToFloat(bytes.getShort(from + 2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    into[at + i] = BFloat16.toFloat(bytes.getShort(from + 2 * i));
                }
            }
            case F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ -> {
                for (int i = 0; i < count; i++) {
                    into[at + i] = Float8.toFloat(dtype, bytes.get(from + i));
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    double value = bytes.getDouble(from + 8 * i);
                    into[at + i] = (float) value;
                    if (Float.isInfinite(into[at + i]) && !Double.isInfinite(value)) {
                        return i;
                    }
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    long value = whole(dtype, bytes, from, i);
                    into[at + i] = value;
                    if (!holds(dtype, value) || significantBits(value) > 24) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    /** Reads doubles: from reals without loss; whole numbers must be doubles. */
    static int doubles(DType dtype, ByteBuffer bytes, double[] into, int at, int count) {
        int from = bytes.position();
        if (dtype == DType.F64) {
            bytes.asDoubleBuffer().get(into, at, count);
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (dtype.isInteger()) {
                long value = whole(dtype, bytes, from, i);
                into[at + i] = value;
                if (!holds(dtype, value) || significantBits(value) > 53) {
                    return i;
                }
            } else {
                into[at + i] = real(dtype, bytes, from, i);
            }
        }
        return -1;
    }

    /** Reads longs from whole numbers. */
    static int longs(DType dtype, ByteBuffer bytes, long[] into, int at, int count) {
        int from = bytes.position();
        for (int i = 0; i < count; i++) {
            into[at + i] = whole(dtype, bytes, from, i);
            if (!holds(dtype, into[at + i])) {
                return i;
            }
        }
        return -1;
    }

    /** Reads ints from whole numbers. */
    static int ints(DType dtype, ByteBuffer bytes, int[] into, int at, int count) {
        int from = bytes.position();
        for (int i = 0; i < count; i++) {
            long value = whole(dtype, bytes, from, i);
            into[at + i] = (int) value;
            if (!holds(dtype, value) || (int) value != value) {
                return i;
            }
        }
        return -1;
    }

    /** Returns an element as text, for messages. */
    static String text(DType dtype, ByteBuffer bytes, int index) {
        int from = bytes.position();
        if (!dtype.isInteger()) {
            return dtype == DType.F64
                    ? Double.toString(bytes.getDouble(from + 8 * index))
                    : Float.toString(real(dtype, bytes, from, index));
        }
        long value = whole(dtype, bytes, from, index);
        return dtype == DType.U64 ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private static float real(DType dtype, ByteBuffer bytes, int from, int i) {
        return switch (dtype) {
            case F16 -> Float.float16ToFloat(bytes.getShort(from + 2 * i));
            case BF16 -> BFloat16.toFloat(bytes.getShort(from + 2 * i));
            case F32 -> bytes.getFloat(from + 4 * i);
            case F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ ->
                    Float8.toFloat(dtype, bytes.get(from + i));
            default -> throw new IllegalArgumentException(dtype + " is no float");
        };
    }

    private static long whole(DType dtype, ByteBuffer bytes, int from, int i) {
        return switch (dtype) {
            case BOOL, U8 -> bytes.get(from + i) & 0xFF;
            case I8 -> bytes.get(from + i);
            case I16 -> bytes.getShort(from + 2 * i);
            case U16 -> bytes.getShort(from + 2 * i) & 0xFFFF;
            case I32 -> bytes.getInt(from + 4 * i);
            case U32 -> bytes.getInt(from + 4 * i) & 0xFFFF_FFFFL;
            case I64, U64 -> bytes.getLong(from + 8 * i);
            default -> throw new IllegalArgumentException(dtype + " is no whole number");
        };
    }

    /** Says whether a long holds the element it was read from, and that is one of its type. */
    private static boolean holds(DType dtype, long value) {
        return switch (dtype) {
            case BOOL -> value <= 1;
            case U64 -> value >= 0;
            default -> true;
        };
    }

    /** Returns how many bits lie from the highest to the lowest that is set. */
    private static int significantBits(long value) {
        long size = value < 0 ? -value : value;
        return size == 0
                ? 0
                : 64 - Long.numberOfLeadingZeros(size) - Long.numberOfTrailingZeros(size);
    }
}
