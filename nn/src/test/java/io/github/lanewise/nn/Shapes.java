package io.github.lanewise.nn;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;
import java.util.stream.StreamSupport;

/** Golden tensors of several dimensions as batches of samples. */
public final class Shapes {

    private Shapes() {}

    public static int[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
    }

    /** Returns the dimensions of a golden input. */
    public static int[] of(Golden.Case golden, String input) {
        return numbers(golden.node().get("inputs").get(input).get("shape"));
    }

    /** Returns the shape of a sample: all dimensions but the first. */
    public static Shape sample(Golden.Case golden, String input) {
        int[] all = of(golden, input);
        return new Shape(Arrays.copyOfRange(all, 1, all.length));
    }

    /** Returns a golden input with a row for each sample. */
    public static Matrix batch(Golden.Case golden, String input) {
        Matrix matrix = golden.input(input);
        int rows = of(golden, input)[0];
        return Matrix.of(matrix.data(), rows, matrix.size() / rows);
    }
}
