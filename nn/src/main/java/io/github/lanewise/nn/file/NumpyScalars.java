package io.github.lanewise.nn.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What NumPy puts into a pickle: its numbers become plain ones; its arrays, which are no tensors,
 * are named and not read.
 */
final class NumpyScalars {

    /** Of NumPy before 2, and since. */
    private static final List<String> ROOTS = List.of("numpy.core.", "numpy._core.");

    private static final Set<String> SCALARS = withRoots("multiarray.scalar");

    private static final Set<String> ARRAYS =
            withRoots("multiarray._reconstruct", "numeric._frombuffer");

    private static final String TYPE = "numpy.dtype";

    /** Classes, which are named as such, and not called. */
    private static final Set<String> CLASSES =
            PickleGlobals.all(
                    "numpy.",
                    "ndarray bool bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16"
                            + " float32 float64");

    /** A type of numbers; a pickle tells its byte order after it was made. */
    static final class Type {

        private final String name;
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

        Type(String name) {
            this.name = name;
        }

        /** Takes the byte order out of the state that NumPy gives to a type. */
        void order(List<Object> state) {
            boolean big = state.size() > 1 && ">".equals(state.get(1));
            order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }

        @Override
        public String toString() {
            return "NumPy's type " + name;
        }
    }

    private NumpyScalars() {}

    private static Set<String> withRoots(String... names) {
        return Stream.of(names)
                .flatMap(name -> ROOTS.stream().map(root -> root + name))
                .collect(Collectors.toSet());
    }

    static boolean knows(String name) {
        return SCALARS.contains(name)
                || ARRAYS.contains(name)
                || CLASSES.contains(name)
                || TYPE.equals(name);
    }

    static Object call(PickleArguments arguments) throws FormatException {
        String name = arguments.function();
        if (SCALARS.contains(name)) {
            arguments.require(1, 2);
            return scalar(arguments);
        }
        if (ARRAYS.contains(name)) {
            return new PickleValues.Unread("an array of NumPy", "save torch.from_numpy(...) of it");
        }
        if (TYPE.equals(name)) {
            arguments.require(1, 3);
            return new Type(arguments.get(0) instanceof String type ? type : "of no name");
        }
        throw arguments.error("a function", name);
    }

    private static Object scalar(PickleArguments arguments) throws FormatException {
        if (!(arguments.get(0) instanceof Type type)) {
            throw arguments.wrong(0, "a type of NumPy");
        }
        if (!type.name.matches("b1|[iu][1248]|f[248]")) {
            return new PickleValues.Passed("a value of " + type);
        }
        int size = type.name.charAt(1) - '0';
        byte[] bytes =
                switch (arguments.has(1) ? arguments.get(1) : null) {
                    case String latin1 when latin1.length() == size ->
                            latin1.getBytes(StandardCharsets.ISO_8859_1);
                    case byte[] plain when plain.length == size -> plain;
                    case null, default ->
                            throw arguments.error(
                                    "%s bytes for %s".formatted(size, type), "something else");
                };
        return number(type.name, ByteBuffer.wrap(bytes).order(type.order));
    }

    private static Object number(String type, ByteBuffer bytes) {
        return switch (type) {
            case "b1" -> bytes.get(0) != 0;
            case "f2" -> (double) Float.float16ToFloat(bytes.getShort(0));
            case "f4" -> (double) bytes.getFloat(0);
            case "f8" -> bytes.getDouble(0);
            case "i1" -> (long) bytes.get(0);
            case "i2" -> (long) bytes.getShort(0);
            case "i4" -> (long) bytes.getInt(0);
            case "u1" -> bytes.get(0) & 0xFFL;
            case "u2" -> bytes.getShort(0) & 0xFFFFL;
            case "u4" -> bytes.getInt(0) & 0xFFFF_FFFFL;
            default -> whole(type, bytes.getLong(0));
        };
    }

    private static Object whole(String type, long bits) {
        return "u8".equals(type) && bits < 0
                ? new PickleValues.Passed(Long.toUnsignedString(bits))
                : (Object) bits;
    }
}
