package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One training, started in this way or that; what it writes goes to a folder of its own. */
final class SameBitsRun {

    private final Path folder;
    private final List<String> arguments;

    /**
     * @param name of the folder below
     * @param arguments of the training
     */
    SameBitsRun(Path folder, String name, List<String> arguments) {
        this.folder = folder.resolve(name);
        this.arguments = arguments;
    }

    /** Trains in one process; returns the hash of the weights. */
    String alone(int threads) throws IOException, InterruptedException {
        Path out = clean("out");
        List<String> all = with(out, "--threads", Integer.toString(threads));
        // The processors of a small machine are not the question here.
        List<String> flags = List.of("-XX:ActiveProcessorCount=" + Math.max(4, threads));
        int code =
                ChildProgram.run(ChildProgram.of(flags, all), folder.resolve("log.txt").toFile());
        return code == 0 ? SameBitsCommand.hash(out) : failed(code);
    }

    /**
     * Trains in several processes; returns the hash of the weights.
     *
     * @param flags of each one's JVM
     */
    String together(List<List<String>> flags) throws IOException, InterruptedException {
        Path out = clean("out");
        List<Process> workers = start(flags, with(out));
        int worst = 0;
        for (Process worker : workers) {
            worst = Math.max(worst, worker.waitFor());
        }
        return worst == 0 ? SameBitsCommand.hash(out) : failed(worst);
    }

    private String failed(int code) {
        return text("exit code %d, see %s", code, folder.resolve("log*.txt"));
    }

    /** Starts the processes of a training; each writes a log of its own. */
    List<Process> start(List<List<String>> flags, List<String> all) throws IOException {
        String coordinator = "127.0.0.1:" + LocalWorkers.freePort();
        List<Process> workers = new ArrayList<>();
        for (int rank = 0; rank < flags.size(); rank++) {
            workers.add(
                    ChildProgram.worker(rank, flags.size(), coordinator, flags.get(rank), all)
                            .redirectErrorStream(true)
                            .redirectOutput(log(rank).toFile())
                            .start());
        }
        return workers;
    }

    /** Returns where a worker writes what it says. */
    Path log(int rank) {
        return folder.resolve(text("log-%d.txt", rank));
    }

    /** Returns the arguments of the training, its folder and more. */
    List<String> with(Path out, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--out", out.toString()));
        all.addAll(List.of(more));
        return all;
    }

    /** Returns an empty folder. */
    Path clean(String name) throws IOException {
        Path path = folder.resolve(name);
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(path);
    }
}
