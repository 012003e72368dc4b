package io.github.lanewise.onnx;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a file declares of a value: an input, an output, or one between.
 *
 * @param name of the value
 * @param type of its elements; {@link OnnxType#UNDEFINED} if it is no array, but a list or a map
 * @param shape its dimensions, the batch among them; null if they are not declared
 */
public record OnnxValueInfo(String name, OnnxType type, List<OnnxDimension> shape) {

    /** Copies the shape. */
    public OnnxValueInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        shape = shape == null ? null : List.copyOf(shape);
    }

    /** Declares an array of floats. */
    public static OnnxValueInfo floats(String name, OnnxDimension... shape) {
        return new OnnxValueInfo(name, OnnxType.FLOAT, List.of(shape));
    }

    /** Returns name, type and shape, such as {@code image: float batch x 1 x 28 x 28}. */
    @Override
    public String toString() {
        String dimensions =
                shape == null
                        ? "of any shape"
                        : shape.isEmpty()
                                ? "scalar"
                                : shape.stream()
                                        .map(OnnxDimension::toString)
                                        .collect(Collectors.joining(" x "));
        return "%s: %s %s".formatted(name, type, dimensions);
    }
}
