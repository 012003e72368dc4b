package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The numbers that PyTorch made: {@code shared/golden}, whose README gives the schema and
 * tolerance, or another folder of the same schema, as {@code src/test/python/golden_like.py} makes.
 *
 * <p>Looked for at the system property or environment variable {@code LANEWISE_GOLDEN}, else beside
 * or above the working directory.
 */
public final class Golden {

    /** The operations of each group; each has its test. */
    static final Map<String, Set<String>> OPERATIONS =
            Map.ofEntries(
                    Map.entry("linear", Set.of("linear")),
                    Map.entry("activations", Set.of("activation")),
                    Map.entry("softmax_crossentropy", Set.of("softmax", "cross_entropy")),
                    Map.entry("losses", Set.of("loss")),
                    Map.entry("training_traces", Set.of("train_mlp")),
                    Map.entry("normalization", Set.of("batch_norm", "layer_norm")),
                    Map.entry("conv", Set.of("conv2d", "conv_transpose2d")),
                    Map.entry("pool_embedding", Set.of("max_pool2d", "avg_pool2d", "embedding")),
                    Map.entry("recurrent", Set.of("recurrent")),
                    Map.entry("attention", Set.of("multihead_attention")),
                    Map.entry("lr_schedules", Set.of("lr_schedule")),
                    Map.entry("clipping", Set.of("clip_norm", "clip_value")),
                    Map.entry("initializers", Set.of("initializer")));

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** Returns the groups in the folder, or skips the test where the folder is missing. */
    static Set<String> groups() {
        try (Stream<Path> files = Files.list(folder())) {
            Set<String> groups = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .forEach(name -> groups.add(name.substring(0, name.length() - 5)));
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the cases of a group, or skips the test where the folder is missing. Each case must
     * be an argument of a parameterized test: JUnit closes it after the test.
     */
    public static Stream<GoldenCase> cases(String group) {
        Path file = folder().resolve(group + ".json");
        try {
            JsonNode root = JSON.readTree(file.toFile());
            assertEquals("golden-1", root.path("format").asText(), file + ": format");
            assertTrue(!root.path("cases").isEmpty(), file + ": no cases");
            return StreamSupport.stream(root.get("cases").spliterator(), false)
                    .map(GoldenCase::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cases of one of the operations of a group. */
    public static Stream<GoldenCase> cases(String group, String operation) {
        assertTrue(OPERATIONS.get(group).contains(operation), group + ": " + operation);
        return cases(group).filter(c -> c.operation().equals(operation));
    }

    private static Path folder() {
        Optional<Path> folder = find();
        assumeTrue(
                folder.isPresent(),
                "golden traces not found: set LANEWISE_GOLDEN to the folder shared/golden");
        return folder.get();
    }

    private static Optional<Path> find() {
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
}
