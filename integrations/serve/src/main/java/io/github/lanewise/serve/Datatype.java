package io.github.lanewise.serve;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types of elements of the Open Inference Protocol. */
public enum Datatype {
    /** True or false. */
    BOOL,
    /** 0 to 255. */
    UINT8(0, 0xFF),
    /** 0 to 2^16 - 1. */
    UINT16(0, 0xFFFF),
    /** 0 to 2^32 - 1. */
    UINT32(0, 0xFFFF_FFFFL),
    /** 0 to 2^63 - 1: more than that Java's long does not hold. */
    UINT64(0, Long.MAX_VALUE),
    /** -2^7 to 2^7 - 1. */
    INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** -2^15 to 2^15 - 1. */
    INT16(Short.MIN_VALUE, Short.MAX_VALUE),
    /** -2^31 to 2^31 - 1. */
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** -2^63 to 2^63 - 1. */
    INT64(Long.MIN_VALUE, Long.MAX_VALUE),
    /** A number of half precision. */
    FP16,
    /** A float. */
    FP32,
    /** A double. */
    FP64,
    /** A text. */
    BYTES;

    private final boolean whole;
    private final long least;
    private final long most;

    Datatype() {
        this.whole = false;
        this.least = 0;
        this.most = 0;
    }

    Datatype(long least, long most) {
        this.whole = true;
        this.least = least;
        this.most = most;
    }

    /** Returns the type of a name. */
    static Optional<Datatype> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Returns whether its elements are numbers. */
    public boolean isNumber() {
        return this != BOOL && this != BYTES;
    }

    /**
     * Reads an element: a Boolean, Long, Double, Float (for FP32) or String.
     *
     * @throws FormatException if it is none of this type; says where
     */
    Object read(Json json) throws FormatException {
        Json.Kind kind = json.kind();
        if (kind == Json.Kind.NUMBER && whole) {
            long number = json.asLong();
            if (number < least || number > most) {
                throw json.expected("a number of " + name());
            }
            return number;
        }
        if (kind == Json.Kind.NUMBER && isNumber()) {
            return this == FP64 ? (Object) json.asDouble() : (Object) json.asFloat();
        }
        if (kind == Json.Kind.BOOLEAN && this == BOOL) {
            return json.asBoolean();
        }
        if (kind == Json.Kind.STRING && this == BYTES) {
            return json.asString();
        }
        throw json.expected(
                switch (this) {
                    case BOOL -> "true or false (BOOL)";
                    case BYTES -> "a string (BYTES)";
                    default -> "a number (" + name() + ")";
                });
    }

    /** Returns the types of numbers. */
    static List<Datatype> numbers() {
        return Arrays.stream(values()).filter(Datatype::isNumber).toList();
    }
}
