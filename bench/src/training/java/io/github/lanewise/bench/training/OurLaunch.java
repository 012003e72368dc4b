package io.github.lanewise.bench.training;

import io.github.lanewise.bench.report.BuildFolder;
import io.github.lanewise.bench.report.LaunchFlags;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Layer;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How ours is started: as {@code examples/run} starts its programs, jars alone on the class path
 * and with a cache of what the JVM learnt in a rehearsal.
 */
final class OurLaunch {

    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String WORKER = "io.github.lanewise.bench.training.worker.LanewiseWorker";

    private final Path cache = BuildFolder.path().resolve("training").resolve("ours.jsa");
    private final List<Path> jars;

    OurLaunch() throws IOException {
        jars = List.of(benchJar(), origin(Engine.class), origin(Layer.class));
    }

    /** Returns the command that starts a worker of ours. */
    List<String> command(int threads) {
        List<String> flags = new ArrayList<>(LaunchFlags.USUAL);
        if (Files.exists(cache)) {
            flags.add("-XX:SharedArchiveFile=" + cache);
            flags.addAll(LaunchFlags.QUIET);
            flags.add("-Dbench.files=" + cache);
        }
        return command(flags, threads);
    }

    private List<String> command(List<String> flags, int threads) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(flags);
        command.add("--add-modules=jdk.incubator.vector");
        command.add("-Dlanewise.threads=" + threads);
        command.add("-classpath");
        command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
        command.add(WORKER);
        command.add(Integer.toString(threads));
        return command;
    }

    /** Makes the cache, once after each build, by some training of M1. */
    void rehearse(Path workload, Path logs, Notes notes) throws IOException {
        if (Files.exists(cache) && !isStale()) {
            return;
        }
        notes.progress("rehearsing our start; this is done once");
        Files.deleteIfExists(cache);
        List<String> flags = new ArrayList<>(LaunchFlags.USUAL);
        flags.add("-XX:ArchiveClassesAtExit=" + cache);
        flags.addAll(LaunchFlags.QUIET);
        Contender rehearsal = new Contender("rehearsal", threads -> command(flags, threads));
        try (Worker worker = new Worker(rehearsal, 1, logs)) {
            worker.ask("train M1 " + workload, "ready");
            worker.ask("run 2000", "ran");
            worker.end();
        } catch (Worker.Unable e) {
            notes.progress("ours starts without a cache: %s", e.getMessage());
        }
    }

    private boolean isStale() throws IOException {
        for (Path jar : jars) {
            if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(cache)) > 0) {
                return true;
            }
        }
        return false;
    }

    private static Path benchJar() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(BuildFolder.path(), "lanewise-bench-*.jar")) {
            return found.iterator().next();
        }
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has no file for " + type, e);
        }
    }
}
