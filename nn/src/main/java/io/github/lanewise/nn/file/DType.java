package io.github.lanewise.nn.file;

/**
 * What an element of a stored array is, by its name in the safetensors format.
 *
 * <p>Those that Java has a type for, or that fit one, can be read and, but for those of 8 bits,
 * written; the others are listed, so that a file that has some can be read but for them.
 */
public enum DType {
    /** A truth value: a byte, 0 or 1. */
    BOOL(8, Kind.WHOLE),
    /** A whole number of 8 bits, from 0. */
    U8(8, Kind.WHOLE),
    /** A whole number of 8 bits. */
    I8(8, Kind.WHOLE),
    /** A whole number of 16 bits. */
    I16(16, Kind.WHOLE),
    /** A whole number of 16 bits, from 0. */
    U16(16, Kind.WHOLE),
    /** A whole number of 32 bits. */
    I32(32, Kind.WHOLE),
    /** A whole number of 32 bits, from 0. */
    U32(32, Kind.WHOLE),
    /** A whole number of 64 bits. */
    I64(64, Kind.WHOLE),
    /** A whole number of 64 bits, from 0; those from 2^63 are refused. */
    U64(64, Kind.WHOLE),
    /** IEEE 754's half precision: 11 bits of precision, 65504 at most. */
    F16(16, Kind.REAL),
    /** The upper half of an {@link #F32}: 8 bits of precision, its range. */
    BF16(16, Kind.REAL),
    /** IEEE 754's single precision: Java's float. */
    F32(32, Kind.REAL),
    /** IEEE 754's double precision: Java's double. */
    F64(64, Kind.REAL),
    /** Two floats of a complex number; listed only. */
    C64(64, Kind.OTHER),
    /** Eight bits with 5 of exponent: 57344 at most; read only. */
    F8_E5M2(8, Kind.NARROW),
    /** Eight bits with 4 of exponent, without infinities: 448 at most; read only. */
    F8_E4M3(8, Kind.NARROW),
    /** Eight bits of exponent, which is a power of two from 2^-127 to 2^127; read only. */
    F8_E8M0(8, Kind.NARROW),
    /** Eight bits with 4 of exponent, without infinities and -0: 240 at most; read only. */
    F8_E4M3FNUZ(8, Kind.NARROW),
    /** Eight bits with 5 of exponent, without infinities and -0: 57344 at most; read only. */
    F8_E5M2FNUZ(8, Kind.NARROW),
    /** Six bits with 2 of exponent; listed only. */
    F6_E2M3(6, Kind.OTHER),
    /** Six bits with 3 of exponent; listed only. */
    F6_E3M2(6, Kind.OTHER),
    /** Four bits; listed only. */
    F4(4, Kind.OTHER);

    private enum Kind {
        WHOLE,
        REAL,
        NARROW,
        OTHER
    }

    private final int bits;
    private final Kind kind;

    DType(int bits, Kind kind) {
        this.bits = bits;
        this.kind = kind;
    }

    /** Returns how many bits an element takes. */
    public int bits() {
        return bits;
    }

    /** Says whether its elements are whole numbers: {@link #BOOL}, I and U. */
    public boolean isInteger() {
        return kind == Kind.WHOLE;
    }

    /** Says whether its elements can be read, not just listed. */
    public boolean isSupported() {
        return kind != Kind.OTHER;
    }

    /** Says whether its elements can be written. */
    boolean isWritten() {
        return kind == Kind.WHOLE || kind == Kind.REAL;
    }

    /** Bytes of an element; only for those that are supported. */
    int bytes() {
        return bits / 8;
    }
}
