package io.github.lanewise.bench.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compiles the C++ worker, unless that has been done since the last change of its sources, of
 * libtorch or of the command.
 */
public final class WorkerBuild {

    private static final String PROGRAM = "training_worker";

    private final List<String> compiler;
    private final Path sources;
    private final Path target;
    private final Consumer<String> progress;

    /**
     * Takes what to compile with and where.
     *
     * @param compiler command of the compiler, with flags if need be
     * @param sources folder of the worker's sources
     * @param target folder for the program, made if missing
     * @param progress is told what takes long
     */
    public WorkerBuild(
            List<String> compiler, Path sources, Path target, Consumer<String> progress) {
        this.compiler = List.copyOf(compiler);
        this.sources = sources;
        this.target = target;
        this.progress = progress;
    }

    /** Returns the system's compiler, or what a user put in its place, as make would. */
    public static List<String> systemCompiler() {
        String chosen = System.getenv().getOrDefault("CXX", "").strip();
        return List.of(chosen.isEmpty() ? new String[] {"c++"} : chosen.split(" +"));
    }

    /**
     * Returns the program, compiled for a libtorch.
     *
     * @throws IOException if there is no compiler, or it fails
     */
    public Path compile(Libtorch libtorch) throws IOException {
        Files.createDirectories(target);
        Path program = target.resolve(PROGRAM);
        Path stamp = target.resolve(PROGRAM + ".stamp");
        List<String> command = command(libtorch, program);
        String made = String.join("\n", command) + "\n" + libtorch.fingerprint();
        if (Files.exists(stamp) && Files.readString(stamp).equals(made) && isNewest(program)) {
            return program;
        }
        progress.accept("compiling the C++ worker; this is done once and takes about a minute");
        Files.deleteIfExists(stamp);
        run(command);
        Files.writeString(stamp, made);
        return program;
    }

    private List<String> command(Libtorch libtorch, Path program) {
        List<String> command = new ArrayList<>(compiler);
        command.add(sources.resolve(PROGRAM + ".cpp").toString());
        command.add("-o");
        command.add(program.toString());
        command.addAll(libtorch.compilerFlags());
        return command;
    }

    private boolean isNewest(Path program) throws IOException {
        if (!Files.exists(program)) {
            return false;
        }
        try (Stream<Path> files = Files.list(sources)) {
            long built = program.toFile().lastModified();
            return files.allMatch(file -> file.toFile().lastModified() <= built);
        }
    }

    private void run(List<String> command) throws IOException {
        Path log = target.resolve("compiler.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Its complaints are quoted, so they had better be in English.
        builder.environment().put("LC_ALL", "C");
        Process process = start(builder);
        int status = status(process);
        if (status != 0) {
            throw new IOException(
                    ("--libtorch: the C++ compiler ended with %d, expected 0; what it printed is in"
                                    + " %s and says: %s; a newer compiler may know the standard"
                                    + " (variable CXX)")
                            .formatted(status, log, complaint(log)));
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    ("--libtorch: cannot start the C++ compiler '%s': %s; install one (Debian: apt"
                                    + " install g++), or name yours in the variable CXX")
                            .formatted(String.join(" ", compiler), e.getMessage().strip()),
                    e);
        }
    }

    private static int status(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the compiler was interrupted", e);
        }
    }

    /** Returns the first line about an error; before it may stand where a header is included. */
    private static String complaint(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.stream()
                .filter(line -> line.contains("error"))
                .findFirst()
                .orElse(lines.isEmpty() ? "nothing" : lines.getFirst());
    }
}
