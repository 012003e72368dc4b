package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Trainings whose workers are killed while they train, and then go on from the last checkpoint. */
final class Kills {

    private static final int STEPS = 50;
    private static final int MOST_MILLIS = 3000;
    private static final int MOST_WORKERS_LOG = 3;
    private static final int MOST_TRIES = 20;

    private final SameBitsRun run;
    private final Random random;

    /**
     * What came of a training.
     *
     * @param story what happened, in a line
     * @param hash of the weights in the end
     */
    record Outcome(String story, String hash) {}

    Kills(SameBitsRun run, long seed) {
        this.run = run;
        this.random = new Random(seed);
    }

    /** Trains once, with a kill in between. */
    Outcome next() throws IOException, InterruptedException {
        for (int i = 0; i < MOST_TRIES; i++) {
            int size = 1 << (1 + random.nextInt(MOST_WORKERS_LOG - 1));
            int victim = random.nextInt(size);
            int millis = random.nextInt(MOST_MILLIS);
            Path out = run.clean("out");
            Path checkpoints = run.clean("checkpoints");
            List<Process> workers = start(size, out, checkpoints);
            boolean killed = kill(workers, victim, millis, checkpoints);
            for (Process worker : workers) {
                worker.waitFor();
            }
            if (killed) {
                String story = story(workers, victim);
                Path newest = newest(checkpoints);
                List<Process> again = start(size, out, checkpoints);
                for (Process worker : again) {
                    worker.waitFor();
                }
                return new Outcome(
                        text("%s; on from %s", story, newest.getFileName()),
                        SameBitsCommand.hash(out));
            }
        }
        return new Outcome("every training ended before its worker could be killed", "no weights");
    }

    private List<Process> start(int size, Path out, Path checkpoints) throws IOException {
        List<String> all =
                run.with(
                        out,
                        "--checkpoint",
                        checkpoints.toString(),
                        "--checkpoint-every",
                        Integer.toString(STEPS),
                        "--resume");
        return run.start(Collections.nCopies(size, List.of()), all);
    }

    /** Kills a worker some time after the first checkpoint; returns whether it still trained. */
    private static boolean kill(List<Process> workers, int victim, int millis, Path checkpoints)
            throws IOException, InterruptedException {
        Process process = workers.get(victim);
        while (newest(checkpoints) == null) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        process.destroyForcibly();
        return process.waitFor() != 0;
    }

    private static Path newest(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().matches("step-.*[a-z]"))
                    .filter(file -> file.toString().endsWith(".safetensors"))
                    .max(Path::compareTo)
                    .orElse(null);
        }
    }

    /** Tells what the other workers said, and how they ended. */
    private String story(List<Process> workers, int victim) throws IOException {
        int other = victim == 0 ? 1 : 0;
        String said =
                Files.readAllLines(run.log(other)).stream()
                        .filter(line -> line.startsWith("rank ") || line.startsWith("this worker"))
                        .findFirst()
                        .map(line -> line.replace("; " + LocalWorkers.AFTER_A_LOSS, ""))
                        .orElse("rank " + other + " said nothing");
        String codes =
                String.join(", ", workers.stream().map(worker -> "" + worker.exitValue()).toList());
        return text("rank %d of %d; \"%s\"; exit codes %s", victim, workers.size(), said, codes);
    }
}
