package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's code example, taken from the README itself. */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PRINTS = Pattern.compile("prints `([^`]*)`");

    @Test
    void theExampleCompilesAndPrintsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
        String readme = Files.readString(root().resolve("README.md"));
        Path source = folder.resolve("Example.java");
        Files.writeString(source, first(EXAMPLE, readme));
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                source.toString())
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = Files.readString(folder.resolve("errors"));
        assertEquals(0, java.waitFor(), errors);
        assertEquals(first(PRINTS, readme), printed.strip(), errors);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), () -> "README.md has no " + pattern);
        return matcher.group(1);
    }

    /** Returns the folder of the checkout. */
    static Path root() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException("no LICENSE above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }
}
