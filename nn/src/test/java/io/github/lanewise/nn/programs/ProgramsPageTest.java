package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page {@code docs/programs.md}: its programs are those of the tests, and short. */
class ProgramsPageTest {

    private static final Path PAGE = Path.of("docs/programs.md");
    private static final Path TESTS = Path.of("src/test/java/io/github/lanewise/nn/programs");
    private static final int MOST_LINES = 25;

    private static final Pattern PROGRAM =
            Pattern.compile("\\(`(\\w+)`\\)\\n\\n```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void programsAreThoseOfTheTests() throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(PAGE));
        int count = 0;
        while (program.find()) {
            String source = Files.readString(TESTS.resolve(program.group(1) + ".java"));
            List<String> lines = program.group(2).lines().toList();
            assertTrue(lines.size() <= MOST_LINES, () -> lines.size() + " lines: " + lines);
            assertTrue(
                    stripped(source).contains(stripped(program.group(2))),
                    () -> "not in the test: " + lines.getFirst());
            count++;
        }
        assertTrue(count >= 6, "programs read: " + count);
        long blocks = Files.readString(PAGE).lines().filter("```java"::equals).count();
        assertEquals(blocks, count, "programs without the name of their test");
    }

    private static String stripped(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
