package io.github.lanewise.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An option of a node.
 *
 * @param name of the option
 * @param value a Float, Long, String, {@link OnnxTensor}, {@link OnnxGraph}, or a list of one of
 *     these; of any other kind that a file may hold, {@link Unread}
 */
public record OnnxAttribute(String name, Object value) {

    /** Stands for a value of a kind that no operator here takes. */
    public enum Unread {
        /** There is something. */
        SOMETHING
    }

    /**
     * Checks the kind of the value.
     *
     * @throws IllegalArgumentException if it is of another
     */
    public OnnxAttribute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (value instanceof List<?> list) {
            value = List.copyOf(list);
            list.forEach(OnnxAttribute::requireSingle);
        } else if (!(value instanceof Unread)) {
            requireSingle(value);
        }
    }

    private static void requireSingle(Object value) {
        switch (value) {
            case Float f -> {}
            case Long l -> {}
            case String s -> {}
            case OnnxTensor t -> {}
            case OnnxGraph g -> {}
            default ->
                    throw new IllegalArgumentException(
                            "attribute: a %s; give a Float, Long, String, OnnxTensor or OnnxGraph"
                                    .formatted(value.getClass().getSimpleName()));
        }
    }

    /** Makes an option that is a whole number. */
    public static OnnxAttribute of(String name, long number) {
        return new OnnxAttribute(name, number);
    }

    /** Makes an option that is a float. */
    public static OnnxAttribute of(String name, float number) {
        return new OnnxAttribute(name, number);
    }

    /** Makes an option that is a text. */
    public static OnnxAttribute of(String name, String text) {
        return new OnnxAttribute(name, text);
    }

    /** Makes an option that is a list of whole numbers. */
    public static OnnxAttribute ofLongs(String name, long... numbers) {
        return new OnnxAttribute(name, Arrays.stream(numbers).boxed().toList());
    }

    /** Makes an option that is a list of texts. */
    public static OnnxAttribute ofStrings(String name, String... texts) {
        return new OnnxAttribute(name, List.of(texts));
    }

    /** Makes an option that is an array. */
    public static OnnxAttribute of(String name, OnnxTensor array) {
        return new OnnxAttribute(name, array);
    }

    /** Returns name and value. */
    @Override
    public String toString() {
        return "%s=%s".formatted(name, value instanceof OnnxGraph ? "graph" : value);
    }
}
