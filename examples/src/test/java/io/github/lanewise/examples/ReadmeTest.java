package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The README's code example, taken from the README itself, on the class path and on the module
 * path.
 */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PRINTS = Pattern.compile("prints `([^`]*)`");

    @Test
    void theExampleCompilesAndPrintsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
        String readme = Files.readString(root().resolve("README.md"));
        assertPrints(
                first(PRINTS, readme),
                first(EXAMPLE, readme),
                folder,
                "--add-modules=jdk.incubator.vector",
                "-classpath",
                System.getProperty("java.class.path"));
    }

    /** On the module path, one line stands for the imports. */
    @Test
    void oneImportOfTheModuleIsEnough(@TempDir Path folder) throws Exception {
        String readme = Files.readString(root().resolve("README.md"));
        String example = first(EXAMPLE, readme).replaceAll("(?m)^import .*\n", "");
        String line = first(Pattern.compile("`(import module [^`]*)`"), readme);
        assertPrints(
                first(PRINTS, readme),
                line + example,
                folder,
                "--add-modules=jdk.incubator.vector,io.github.lanewise.nn",
                "--module-path",
                modules());
    }

    /** Returns where the tests have the two modules that a program needs. */
    private static String modules() {
        return Stream.of(Trainer.class, Engine.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void assertPrints(
            String expected, String program, Path folder, String... options) throws Exception {
        Path source = folder.resolve("Example.java");
        Files.writeString(source, program);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(source.toString());
        Process java =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = Files.readString(folder.resolve("errors"));
        assertEquals(0, java.waitFor(), errors);
        assertEquals(expected, printed.strip(), errors);
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
