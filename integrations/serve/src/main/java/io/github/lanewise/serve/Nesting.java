package io.github.lanewise.serve;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.ArrayList;
import java.util.List;

/** Arrays of arrays as flat values and a shape. */
final class Nesting {

    private Nesting() {}

    /** Reads what is no array. */
    @FunctionalInterface
    interface Element {
        Object read(Json json) throws FormatException;
    }

    /**
     * Adds all elements, and returns the shape of the arrays; it is empty for one element alone.
     *
     * @throws FormatException if arrays beside one another are not of one shape
     */
    static List<Integer> flatten(Json json, Element element, List<Object> into)
            throws FormatException {
        if (json.kind() != Json.Kind.ARRAY) {
            into.add(element.read(json));
            return List.of();
        }
        List<Integer> first = null;
        for (Json inner : json.elements()) {
            List<Integer> shape = flatten(inner, element, into);
            if (first != null && !shape.equals(first)) {
                throw inner.expected(
                        first.isEmpty() ? "no array" : "shape %s, as before".formatted(first));
            }
            first = shape;
        }
        List<Integer> shape = new ArrayList<>();
        shape.add(json.size());
        shape.addAll(first == null ? List.of() : first);
        return shape;
    }

    /**
     * Says whether arrays of a shape are rows of an input or one of them: flat altogether, or each
     * flat, or of the dimensions of a row. Those of 1 at the beginning may be left out or added.
     */
    static boolean isRows(List<Integer> shape, TensorSpec spec) {
        List<Integer> given = withoutOnes(shape);
        if (given.size() < 2) {
            return true;
        }
        List<Integer> row = withoutOnes(spec.shape().subList(1, spec.shape().size()));
        List<Integer> rest = given.subList(1, given.size());
        return given.equals(row)
                || withoutOnes(rest).equals(row)
                || rest.equals(List.of(spec.width()));
    }

    private static List<Integer> withoutOnes(List<Integer> shape) {
        return shape.stream().dropWhile(dimension -> dimension == 1).toList();
    }
}
