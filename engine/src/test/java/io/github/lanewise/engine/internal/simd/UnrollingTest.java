package io.github.lanewise.engine.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** With -Dlanewise.test.unroll=write, unrolled loops are rewritten as their templates say. */
class UnrollingTest {

    private static final Path SIMD =
            Path.of("src/main/java/io/github/lanewise/engine/internal/simd");

    @Test
    void writesOutRowsAndColumns() {
        List<String> source =
                List.of(
                        "  // unroll i < 3, j < 2",
                        "  // f = a[p{+i}] + x{i%2}{i/2};",
                        "  // c{i}{j} = d[at{+i*ld}{+j*L}];",
                        "  something else",
                        "  // end");
        assertEquals(
                List.of(
                        "  f = a[p] + x00;",
                        "  c00 = d[at];",
                        "  c01 = d[at + L];",
                        "  f = a[p + 1] + x10;",
                        "  c10 = d[at + ld];",
                        "  c11 = d[at + ld + L];",
                        "  f = a[p + 2] + x01;",
                        "  c20 = d[at + 2 * ld];",
                        "  c21 = d[at + 2 * ld + L];",
                        "  // end"),
                Unrolling.apply(source).subList(3, 13));
    }

    @Test
    void leavesOutTheFirst() {
        List<String> source =
                List.of("// unroll the rest of i < 3", "// int a{i} = a{i-1} + row;", "// end");
        assertEquals(
                List.of("int a1 = a0 + row;", "int a2 = a1 + row;"),
                Unrolling.apply(source).subList(2, 4));
    }

    @Test
    void unrolledLoopsAreAsTheirTemplatesSay() throws IOException {
        boolean write = "write".equals(System.getProperty("lanewise.test.unroll"));
        int loops = 0;
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                List<String> source = Files.readAllLines(file);
                List<String> unrolled = Unrolling.apply(source);
                loops += (int) source.stream().filter(line -> line.endsWith("// end")).count();
                if (write && !unrolled.equals(source)) {
                    Files.write(file, unrolled);
                } else {
                    assertEquals(
                            words(unrolled),
                            words(source),
                            file + ": an unrolled loop was changed");
                }
            }
        }
        assertTrue(loops > 0, "no unrolled loop was found");
    }

    /** Where a long line is broken is the formatter's business. */
    private static String words(List<String> lines) {
        return String.join("\n", lines).replaceAll("\\s+", " ").replace("( ", "(");
    }

    /** Tests run in the module's folder, or beside it. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(SIMD))
                ? here.resolve(SIMD)
                : here.resolveSibling("engine").resolve(SIMD);
    }
}
