package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Shows that threads, workers, vector widths and killed workers change no bit of the weights. */
@Command(
        name = "same-bits",
        header = "Train one network in many ways, and compare the weights bit by bit.",
        description =
                "Runs mnist with 8 shards: in one JVM on 1, 2 and 3 threads, on 2, 4 and 8 workers,"
                        + " and on workers of which each has another vector width. With --kills, it"
                        + " also kills workers at random while they train, and lets them go on.",
        sortOptions = false,
        showDefaultValues = true)
final class SameBitsCommand implements Callable<Integer> {

    /** The exit code where weights differ. */
    private static final int DIFFERENT = 3;

    private static final int SHARDS = 8;
    private static final String REPORT = "same-bits.txt";

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with MNIST's files, as for mnist",
            showDefaultValue = Visibility.NEVER)
    private Path data;

    @Option(names = "--embedded", description = "train on drawn digits")
    private boolean embedded;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            split = ",",
            description = "kinds of network, of: ${COMPLETION-CANDIDATES}")
    private List<DigitModel.Kind> kinds = List.of(DigitModel.Kind.mlp, DigitModel.Kind.cnn);

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the training set")
    private int epochs = 1;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "runs of which a random worker is killed at a random time")
    private int kills = 0;

    @Option(names = "--seed", paramLabel = "N", description = "of the times and the workers")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for what the runs write")
    private Path folder = Path.of("out", "same-bits");

    private final List<String> lines = new ArrayList<>();
    private PrintWriter out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BadInput.require(epochs >= 1, "--epochs", epochs, "1 or more");
        BadInput.require(kills >= 0, "--kills", kills, "0 or more");
        new OutputFolder(folder, REPORT).create();
        out = spec.commandLine().getOut();
        boolean same = true;
        for (DigitModel.Kind kind : kinds) {
            same &= compare(kind);
        }
        say(same ? "All weights are the same." : "Weights differ.");
        Files.write(folder.resolve(REPORT), lines);
        return same ? 0 : DIFFERENT;
    }

    private boolean compare(DigitModel.Kind kind) throws IOException, InterruptedException {
        SameBitsRun run = new SameBitsRun(folder, kind.toString(), arguments(kind));
        say(text("%s, %d shards, epochs %d", kind, SHARDS, epochs));
        String expected = null;
        boolean same = true;
        for (int threads = 1; threads <= 3; threads++) {
            String hash = run.alone(threads);
            expected = expected == null ? hash : expected;
            same &= tell(text("1 JVM, threads %d", threads), hash, expected);
        }
        for (int workers = 2; workers <= SHARDS; workers *= 2) {
            List<List<String>> flags = new ArrayList<>();
            IntStream.range(0, workers).forEach(rank -> flags.add(List.of()));
            same &= tell(text("%d workers", workers), run.together(flags), expected);
        }
        List<List<String>> widths = widths();
        String name = text("%d workers, each of its own vector width", widths.size());
        same &= tell(name, run.together(widths), expected);
        return same & kill(run, expected);
    }

    private boolean kill(SameBitsRun run, String expected)
            throws IOException, InterruptedException {
        boolean same = true;
        Kills killing = new Kills(run, seed);
        for (int i = 1; i <= kills; i++) {
            Kills.Outcome outcome = killing.next();
            same &= tell(text("kill %d: %s", i, outcome.story()), outcome.hash(), expected);
        }
        return same;
    }

    private List<String> arguments(DigitModel.Kind kind) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("mnist", "--model", kind.toString(), "--dropout", "0.2"));
        arguments.addAll(List.of("--epochs", "" + epochs, "--shards", "" + SHARDS));
        if (embedded) {
            arguments.add("--embedded");
        }
        if (data != null) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        return arguments;
    }

    /** Returns the flags for a worker of each width that this CPU has, at least two workers. */
    private static List<List<String>> widths() {
        List<List<String>> flags = new ArrayList<>();
        if (Engine.kernelSet().equals("simd")) {
            for (int bits = 128; bits <= Engine.vectorBits(); bits *= 2) {
                flags.add(List.of("-Dlanewise.kernels=simd", "-Dlanewise.vectorBits=" + bits));
            }
        }
        // W must divide S: what is left is filled up with plain loops.
        do {
            flags.add(List.of("-Dlanewise.kernels=scalar"));
        } while (SHARDS % flags.size() != 0 || flags.size() < 2);
        return flags;
    }

    private boolean tell(String name, String hash, String expected) {
        boolean same = hash.equals(expected);
        say(text("  %s  %s  %s", hash, same ? "same" : "DIFFERENT", name));
        return same;
    }

    private void say(String line) {
        lines.add(line);
        out.println(line);
        out.flush();
    }

    /** Reads the hash of the weights that a run has written. */
    static String hash(Path out) throws IOException {
        Path metrics = out.resolve("metrics.json");
        return Files.exists(metrics)
                ? new ObjectMapper().readTree(metrics.toFile()).get("weightsSha256").asText()
                : "no weights";
    }
}
