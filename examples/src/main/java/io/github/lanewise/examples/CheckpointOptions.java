package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.train.Checkpoints;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The options of a training that can be killed and go on. */
final class CheckpointOptions {

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description =
                    "write a checkpoint into this folder after every epoch and every minute, and"
                            + " on Ctrl-C")
    private Path folder;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "write one after every N steps, too; by default none")
    private Long steps;

    @Option(
            names = "--resume",
            description =
                    "go on from the newest whole checkpoint, as if training had never stopped;"
                            + " begin anew where there is none")
    private boolean resume;

    void check() {
        if (folder == null) {
            BadInput.require(!resume, "--resume", "given", "given together with --checkpoint DIR");
            BadInput.require(
                    steps == null,
                    "--checkpoint-every",
                    steps,
                    "given together with --checkpoint DIR");
        } else {
            BadInput.require(
                    !folder.toString().isBlank(), "--checkpoint", "empty", "the name of a folder");
            BadInput.require(steps == null || steps >= 1, "--checkpoint-every", steps, "1 or more");
        }
    }

    /** Returns when checkpoints are written, or null for never. */
    Checkpoints checkpoints() {
        if (folder == null) {
            return null;
        }
        Checkpoints checkpoints =
                new Checkpoints(folder).everyEpochs(1).every(Duration.ofMinutes(1));
        return steps == null ? checkpoints : checkpoints.everySteps(steps);
    }

    /** Returns the checkpoint to go on from, if any, and says so. */
    Optional<Path> from(PrintWriter out) throws IOException {
        if (!resume) {
            return Optional.empty();
        }
        Optional<Path> newest = new Checkpoints(folder).latest();
        out.println(
                newest.map(file -> text("Going on from %s", file))
                        .orElseGet(() -> text("No checkpoint in %s yet: training begins", folder)));
        out.flush();
        return newest;
    }

    Path folder() {
        return folder;
    }
}
