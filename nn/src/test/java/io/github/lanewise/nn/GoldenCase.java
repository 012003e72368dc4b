package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * One computation: inputs, and what PyTorch made of them in float and in double.
 *
 * <p>At the end of its test, when JUnit closes it, every hyperparameter and input must have been
 * read and every output checked; what was not fails the test, with its name.
 */
public final class GoldenCase implements AutoCloseable {

    private final JsonNode node;
    private final GoldenArguments hyper;
    private final TreeSet<String> unreadInputs = new TreeSet<>();
    private final TreeSet<String> uncheckedOutputs = new TreeSet<>();

    GoldenCase(JsonNode node) {
        this.node = node;
        hyper = new GoldenArguments("hyper.", node.path("hyper"));
        node.get("inputs").fieldNames().forEachRemaining(unreadInputs::add);
        outputs().fieldNames().forEachRemaining(uncheckedOutputs::add);
    }

    @Override
    public void close() {
        List<String> left = new ArrayList<>(hyper.unread());
        unreadInputs.forEach(name -> left.add("inputs." + name));
        uncheckedOutputs.forEach(name -> left.add("outputs." + name));
        if (!left.isEmpty()) {
            fail(name() + ": the test did not look at " + left);
        }
    }

    public String name() {
        return node.get("name").asText();
    }

    public String operation() {
        return node.get("op").asText();
    }

    public GoldenArguments hyper() {
        return hyper;
    }

    public boolean hasInput(String name) {
        return node.get("inputs").has(name);
    }

    public boolean hasOutput(String name) {
        return outputs().has(name);
    }

    private JsonNode tensor(String name) {
        JsonNode tensor = node.get("inputs").get(name);
        assertTrue(tensor != null, () -> name() + ": no input " + name);
        return tensor;
    }

    /** Returns the names of the inputs in the order of the file. */
    List<String> inputNames() {
        List<String> names = new ArrayList<>();
        node.get("inputs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode outputs() {
        return node.has("outputs") ? node.get("outputs") : node.get("outputs64");
    }

    /** Returns a float input as a matrix; a vector is one row. */
    public Matrix input(String name) {
        int[] shape = shape(name);
        int cols = shape.length == 0 ? 1 : shape[shape.length - 1];
        double[] data = numbers(tensor(name));
        float[] floats = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            floats[i] = (float) data[i];
        }
        unreadInputs.remove(name);
        return Matrix.of(floats, data.length / cols, cols);
    }

    /** Returns an input as a matrix with a row for each sample. */
    public Matrix batch(String name) {
        Matrix matrix = input(name);
        int rows = shape(name)[0];
        return Matrix.of(matrix.data(), rows, matrix.size() / rows);
    }

    public int[] integers(String name) {
        JsonNode data = tensor(name).get("data");
        unreadInputs.remove(name);
        return StreamSupport.stream(data.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
    }

    /** Returns the dimensions of an input. */
    public int[] shape(String name) {
        return StreamSupport.stream(tensor(name).get("shape").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    /** Returns the shape of a sample of an input: all dimensions but the first. */
    public Shape sample(String name) {
        int[] all = shape(name);
        return new Shape(Arrays.copyOfRange(all, 1, all.length));
    }

    /** Checks that an input says the same as another, which the test reads in its place. */
    public void checkSame(String name, String other) {
        assertEquals(tensor(other), tensor(name), () -> name() + ": " + name + " is not " + other);
        unreadInputs.remove(name);
    }

    /** Checks a result against the double-precision reference, within the README's tolerance. */
    public void check(String output, float... actual) {
        assertTrue(hasOutput(output), () -> name() + ": PyTorch has no output " + output);
        double[] expected = numbers(node.get("outputs64").get(output));
        double error32 = node.get("float32_error").get(output).get("max_abs").asDouble();
        double tolerance = 8 * error32 + 4 * Math.ulp((float) largest(expected));
        assertEquals(expected.length, actual.length, () -> name() + " " + output + ": elements");
        double worst = 0;
        int at = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = Math.abs(actual[i] - expected[i]);
            // equal infinities differ by NaN; negated, so that NaN counts as worst
            if (actual[i] != expected[i] && !(error <= worst)) {
                worst = error;
                at = i;
            }
        }
        ParityLog.add(name(), output, worst, tolerance);
        String message =
                "%s %s[%d]: %s, PyTorch in double %s; off by %.3g, allowed %.3g"
                        .formatted(name(), output, at, actual[at], expected[at], worst, tolerance);
        assertTrue(worst <= tolerance, message);
        uncheckedOutputs.remove(output);
    }

    /** Checks numbers that both compute in double precision, within 1e-12 of the largest. */
    public void checkDoubles(String output, double... actual) {
        assertTrue(hasOutput(output), () -> name() + ": PyTorch has no output " + output);
        double[] expected = numbers(node.get("outputs").get(output));
        double tolerance = 1e-12 * largest(expected);
        assertEquals(expected.length, actual.length, () -> name() + " " + output + ": elements");
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            String at = name() + " " + output + "[" + i + "]";
            assertEquals(expected[i], actual[i], tolerance, at);
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        ParityLog.add(name(), output, worst, tolerance);
        uncheckedOutputs.remove(output);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static double[] numbers(JsonNode tensor) {
        return StreamSupport.stream(tensor.get("data").spliterator(), false)
                .mapToDouble(n -> n.isTextual() ? Double.parseDouble(n.asText()) : n.asDouble())
                .toArray();
    }

    @Override
    public String toString() {
        return name();
    }
}
