package io.github.lanewise.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a JVM of its own, as a user does. */
final class Program {

    private static final long MOST_SECONDS = 120;

    private final Path folder;
    private final List<String> flags = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path output;

    /**
     * What came of a run.
     *
     * @param code the exit code
     * @param out the standard output
     * @param err the standard error, without what the JVM says of its incubator modules
     */
    record Ended(int code, String out, String err) {}

    /** Makes a run in a folder, its working directory. */
    Program(Path folder) {
        this.folder = folder;
        this.output = folder.resolve("stdout");
    }

    /** Adds a flag for the JVM. */
    Program flag(String flag) {
        flags.add(flag);
        return this;
    }

    /** Sets an environment variable. */
    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Sends the standard output to a file. */
    Program to(Path file) {
        output = file;
        return this;
    }

    /** Starts the command; its output goes to a pipe if {@link #to} was given null. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("LANEWISE_DATA", "XDG_CACHE_HOME"));
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectError(folder.resolve("stderr").toFile());
        if (output != null) {
            builder.redirectOutput(output.toFile());
        }
        return builder.start();
    }

    /** Runs the command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return end(start(arguments));
    }

    /** Waits for the end; kills and names a run that does not end. */
    Ended end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "did not end within " + MOST_SECONDS + " s: " + process.info());
        }
        boolean readable = output != null && Files.isRegularFile(output);
        return new Ended(
                process.exitValue(),
                readable ? Files.readString(output, StandardCharsets.ISO_8859_1) : "",
                errors());
    }

    private String errors() throws IOException {
        String all = Files.readString(folder.resolve("stderr"), StandardCharsets.ISO_8859_1);
        return all.lines()
                .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
                .reduce("", (text, line) -> text + line + "\n");
    }
}
