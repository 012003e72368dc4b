package io.github.lanewise.onnx;

import java.util.Locale;

/** The types of the elements of arrays in ONNX. */
public enum OnnxType {
    /** Not said, or not an array. */
    UNDEFINED(0, 0),
    /** IEEE 754's single precision. */
    FLOAT(1, 4),
    /** A whole number of 8 bits, from 0. */
    UINT8(2, 1),
    /** A whole number of 8 bits. */
    INT8(3, 1),
    /** A whole number of 16 bits, from 0. */
    UINT16(4, 2),
    /** A whole number of 16 bits. */
    INT16(5, 2),
    /** A whole number of 32 bits. */
    INT32(6, 4),
    /** A whole number of 64 bits. */
    INT64(7, 8),
    /** A text; values are not read. */
    STRING(8, 0),
    /** 0 or 1. */
    BOOL(9, 1),
    /** IEEE 754's half precision. */
    FLOAT16(10, 2),
    /** IEEE 754's double precision. */
    DOUBLE(11, 8),
    /** A whole number of 32 bits, from 0. */
    UINT32(12, 4),
    /** A whole number of 64 bits, from 0. */
    UINT64(13, 8),
    /** Two floats; values are not read. */
    COMPLEX64(14, 0),
    /** Two doubles; values are not read. */
    COMPLEX128(15, 0),
    /** The upper half of a float. */
    BFLOAT16(16, 2),
    /** A type of 8 bits or less that is newer than this program; values are not read. */
    OTHER(-1, 0);

    private final int code;
    private final int bytes;

    OnnxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Returns the number that stands for the type in a file. */
    public int code() {
        return code;
    }

    /** Returns the bytes of an element; 0 if its values are not read. */
    public int bytes() {
        return bytes;
    }

    /** Says whether its elements are whole numbers or truth values. */
    public boolean isInteger() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> true;
            default -> false;
        };
    }

    /** Returns the type of a number in a file; {@link #OTHER} if it is not known. */
    public static OnnxType of(int code) {
        for (OnnxType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }

    /** Returns the name in small letters. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
