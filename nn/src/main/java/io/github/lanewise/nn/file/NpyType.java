package io.github.lanewise.nn.file;

import java.util.Map;
import java.util.Optional;

/** NumPy's names of types: a byte order, a letter, and the bytes of an element. */
final class NpyType {

    private static final Map<String, DType> TYPES =
            Map.ofEntries(
                    Map.entry("b1", DType.BOOL),
                    Map.entry("u1", DType.U8),
                    Map.entry("i1", DType.I8),
                    Map.entry("u2", DType.U16),
                    Map.entry("i2", DType.I16),
                    Map.entry("u4", DType.U32),
                    Map.entry("i4", DType.I32),
                    Map.entry("u8", DType.U64),
                    Map.entry("i8", DType.I64),
                    Map.entry("f2", DType.F16),
                    Map.entry("f4", DType.F32),
                    Map.entry("f8", DType.F64));

    private NpyType() {}

    /** Returns the type that a name means, if it is one that can be read. */
    static Optional<DType> dtype(String descr) {
        if (!descr.matches("[|<>][buif][1248]")) {
            return Optional.empty();
        }
        DType dtype = TYPES.get(descr.substring(1));
        boolean ordered = !descr.startsWith("|");
        return Optional.ofNullable(dtype).filter(type -> ordered || type.bits() == 8);
    }

    /** Returns why a name is of no type that can be read. */
    static String complaint(String descr) {
        String name = JsonWriter.quoted(descr);
        if (descr.matches("[|<>=]?O\\d*")) {
            return "dtype %s is of Python objects, a pickle, and a pickle is code; refused, expected numbers"
                    .formatted(name);
        }
        return "dtype %s is not supported; expected one of %s, after < or >"
                .formatted(name, String.join(", ", TYPES.keySet().stream().sorted().toList()));
    }

    /** Returns the name of a type, little-endian. */
    static String descr(DType dtype) {
        for (Map.Entry<String, DType> type : TYPES.entrySet()) {
            if (type.getValue() == dtype) {
                return (dtype.bits() == 8 ? "|" : "<") + type.getKey();
            }
        }
        throw new IllegalArgumentException(
                "npy: NumPy has no type for %s; store it as F32".formatted(dtype));
    }
}
