package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The numbers that PyTorch made: {@code shared/golden}, whose README gives the schema and
 * tolerance.
 *
 * <p>Looked for at the system property or environment variable {@code LANEWISE_GOLDEN}, else beside
 * or above the working directory.
 */
public final class Golden {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** Returns the cases of a group, or skips the test where the folder is missing. */
    public static Stream<Case> cases(String group) {
        Optional<Path> folder = folder();
        assumeTrue(
                folder.isPresent(),
                "golden traces not found: set LANEWISE_GOLDEN to the folder shared/golden");
        try {
            JsonNode root = JSON.readTree(folder.get().resolve(group + ".json").toFile());
            return StreamSupport.stream(root.get("cases").spliterator(), false).map(Case::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> folder() {
        String chosen = System.getProperty("LANEWISE_GOLDEN", System.getenv("LANEWISE_GOLDEN"));
        if (chosen != null) {
            return Optional.of(Path.of(chosen));
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/golden"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** One computation: inputs, and what PyTorch made of them in float and in double. */
    public record Case(JsonNode node) {

        public String name() {
            return node.get("name").asText();
        }

        public JsonNode hyper() {
            return node.get("hyper");
        }

        public boolean hasInput(String name) {
            return node.get("inputs").has(name);
        }

        public boolean hasOutput(String name) {
            return node.get("outputs").has(name);
        }

        /** Returns a float input as a matrix; a vector is one row. */
        public Matrix input(String name) {
            JsonNode tensor = node.get("inputs").get(name);
            JsonNode shape = tensor.get("shape");
            int cols = shape.isEmpty() ? 1 : shape.get(shape.size() - 1).asInt();
            double[] data = numbers(tensor);
            float[] floats = new float[data.length];
            for (int i = 0; i < data.length; i++) {
                floats[i] = (float) data[i];
            }
            return Matrix.of(floats, data.length / cols, cols);
        }

        public int[] integers(String name) {
            JsonNode data = node.get("inputs").get(name).get("data");
            return StreamSupport.stream(data.spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray();
        }

        /**
         * Checks a result against the double-precision reference, within the README's tolerance.
         */
        public void check(String output, float... actual) {
            double[] expected = numbers(node.get("outputs64").get(output));
            double error32 = node.get("float32_error").get(output).get("max_abs").asDouble();
            double largest = 0;
            for (double value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            double tolerance = 8 * error32 + 4 * Math.ulp((float) largest);
            assertTrue(
                    actual.length == expected.length,
                    () -> name() + " " + output + ": " + actual.length + " elements");
            double worst = 0;
            int at = 0;
            for (int i = 0; i < actual.length; i++) {
                double error = Math.abs(actual[i] - expected[i]);
                // negated, so that NaN counts as worst
                if (!(error <= worst)) {
                    worst = error;
                    at = i;
                }
            }
            ParityLog.add(name(), output, worst, tolerance);
            String message =
                    "%s %s[%d]: %s, PyTorch in double %s; off by %.3g, allowed %.3g"
                            .formatted(
                                    name(), output, at, actual[at], expected[at], worst, tolerance);
            assertTrue(worst <= tolerance, message);
        }

        /** Checks numbers that both compute in double precision, within 1e-12 of the largest. */
        public void checkDoubles(String output, double... actual) {
            double[] expected = numbers(node.get("outputs").get(output));
            double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            assertArrayEquals(expected, actual, 1e-12 * largest, name() + " " + output);
            double worst = 0;
            for (int i = 0; i < actual.length; i++) {
                worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            }
            ParityLog.add(name(), output, worst, 1e-12 * largest);
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
}
