package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs in the documentation are those that the tests run, line for line. */
class TrainingProgramsDocTest {

    private static final Path TESTS = Path.of("src/test/java/io/github/lanewise/nn/programs");
    private static final Path DOCUMENT = Path.of("docs/programs-training.md");
    private static final Pattern PROGRAM =
            Pattern.compile("```java\n(.*?)\n```\n\n`(\\w+)`", Pattern.DOTALL);
    private static final int MOST_LINES = 25;

    @Test
    void documentShowsWhatTestsRun() throws IOException {
        Matcher programs = PROGRAM.matcher(Files.readString(DOCUMENT));
        int count = 0;
        while (programs.find()) {
            count++;
            String name = programs.group(2);
            List<String> shown = programs.group(1).lines().map(String::strip).toList();
            assertEquals(marked(TESTS.resolve(name + ".java")), shown, name);
            assertTrue(shown.size() <= MOST_LINES, name + " has " + shown.size() + " lines");
        }
        assertEquals(7, count);
        String blocks = Files.readString(DOCUMENT);
        assertEquals(count, blocks.lines().filter("```java"::equals).count());
    }

    /** Returns the lines between the marks. */
    private static List<String> marked(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readString(file).lines().map(String::strip).toList()) {
            if (line.equals("// program") || line.equals("// second part")) {
                inside = true;
            } else if (line.startsWith("// end")) {
                inside = false;
            } else if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }
}
