package io.github.lanewise.onnx;

import java.util.Objects;

/**
 * A dimension of a declared shape: a number, a name such as {@code batch} that stands for any, or
 * neither.
 *
 * @param size 0 or more; {@link #UNKNOWN} if it is not said
 * @param name empty if it has none
 */
public record OnnxDimension(long size, String name) {

    /** The size of a dimension that may have any. */
    public static final long UNKNOWN = -1;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if the size is below 0 and not {@link #UNKNOWN}
     */
    public OnnxDimension {
        Objects.requireNonNull(name, "name");
        if (size < UNKNOWN) {
            throw new IllegalArgumentException(
                    "dimension: size is %s; it must be 0 or more".formatted(size));
        }
    }

    /** Makes a dimension of a size. */
    public static OnnxDimension of(long size) {
        return new OnnxDimension(size, "");
    }

    /** Makes a dimension that may have any size, by name. */
    public static OnnxDimension of(String name) {
        return new OnnxDimension(UNKNOWN, name);
    }

    /** Returns the size, the name, or a question mark. */
    @Override
    public String toString() {
        if (size != UNKNOWN) {
            return Long.toString(size);
        }
        return name.isEmpty() ? "?" : name;
    }
}
