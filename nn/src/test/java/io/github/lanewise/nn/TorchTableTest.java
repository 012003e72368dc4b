package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page {@code docs/torch.md}: every name of PyTorch is in it, and every one of ours. */
class TorchTableTest {

    private static final Path PAGE = Path.of("docs/torch.md");
    private static final Path SOURCES = Path.of("src/main/java/io/github/lanewise/nn");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nn",
                "optim",
                "functional",
                "init",
                "utils",
                "parametrizations",
                "rnn",
                "parametrize",
                "prune",
                "lr_scheduler",
                "swa_utils"
            })
    void everyNameOfPyTorchIsInAFirstColumn(String module) throws IOException {
        StringBuilder first = new StringBuilder();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                first.append(line.split("\\|")[1]);
            }
        }
        Set<String> missing = new TreeSet<>();
        try (InputStream in = getClass().getResourceAsStream("torch/names.json")) {
            for (JsonNode name : new ObjectMapper().readTree(in).get(module)) {
                if (first.indexOf("`" + name.asText() + "`") < 0) {
                    missing.add(name.asText());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "conv", "norm", "recurrent", "attention", "loss", "optim"})
    void everyLayerLossAndOptimizerIsNamed(String room) throws IOException {
        String page = Files.readString(PAGE);
        Pattern declared =
                Pattern.compile(
                        "^public (final |)(class|record) .*(implements"
                                + " .*(Layer|Fusible|Stochastic|Loss|Adjustment)|extends)",
                        Pattern.MULTILINE | Pattern.DOTALL);
        Set<String> missing = new TreeSet<>();
        int seen = 0;
        try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                String text = Files.readString(file);
                boolean ours = declared.matcher(text).find() && !text.contains("\nabstract class");
                seen += ours ? 1 : 0;
                if (ours && !page.contains("`" + name + "`")) {
                    missing.add(name);
                }
            }
        }
        assertTrue(seen >= 3, "classes read: " + seen);
        assertEquals(Set.of(), missing);
    }

    @Test
    void gapsAreNamed() throws IOException {
        long gaps =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.contains("| *none* |"))
                        .count();
        assertTrue(gaps > 10, "rows with a gap: " + gaps);
    }
}
