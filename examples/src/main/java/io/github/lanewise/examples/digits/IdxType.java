package io.github.lanewise.examples.digits;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The element types of IDX files; numbers of several bytes are big-endian. */
enum IdxType {
    /** 0 to 255. */
    UBYTE(0x08, Byte.BYTES),
    /** -128 to 127. */
    BYTE(0x09, Byte.BYTES),
    /** 16 bits, signed. */
    SHORT(0x0b, Short.BYTES),
    /** 32 bits, signed. */
    INT(0x0c, Integer.BYTES),
    /** IEEE 754, 32 bits. */
    FLOAT(0x0d, Float.BYTES),
    /** IEEE 754, 64 bits. */
    DOUBLE(0x0e, Double.BYTES);

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Returns how many bytes an element takes. */
    int bytes() {
        return bytes;
    }

    /** Returns the type with a code, the third byte of a file. */
    static Optional<IdxType> of(int code) {
        return Stream.of(values()).filter(type -> type.code == code).findFirst();
    }

    /** Returns all names as they stand at the end of files' names. */
    static List<String> names() {
        return Stream.of(values()).map(type -> type.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Reads the next element. */
    double read(ByteBuffer from) {
        return switch (this) {
            case UBYTE -> from.get() & 0xff;
            case BYTE -> from.get();
            case SHORT -> from.getShort();
            case INT -> from.getInt();
            case FLOAT -> from.getFloat();
            case DOUBLE -> from.getDouble();
        };
    }
}
