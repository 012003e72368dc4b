package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.examples.digits.DigitSource;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.digits.DrawnDigits;
import io.github.lanewise.nn.callback.EpochLine;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.train.TrainerCallback;

import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Trains a network to read handwritten digits, and shows how well it does. */
@Command(
        name = "mnist",
        header = "Train a network to read handwritten digits.",
        description =
                "Takes MNIST from --data, else the folder in LANEWISE_DATA, else the cache of this"
                        + " user; else downloads it; else, without a network, trains on drawn"
                        + " digits.",
        sortOptions = false,
        showDefaultValues = true)
final class MnistCommand implements Callable<Integer> {

    /** The exit code after Ctrl-C, as shells have it. */
    private static final int INTERRUPTED = 130;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "folder with four IDX files named as MNIST's, gzipped or not, of any type")
    private Path data;

    @Option(names = "--embedded", description = "train on drawn digits; look for no others")
    private boolean embedded;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for pictures and metrics")
    private Path folder = Path.of("out", "mnist");

    @Mixin private DigitOptions options;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; any number gives the same weights; by default, all cores")
    private Integer threads;

    @Option(
            names = "--load",
            paramLabel = "FILE",
            description =
                    "go on with the network of a model file; with --epochs 0, measure it alone",
            showDefaultValue = Visibility.NEVER)
    private Path load;

    @Mixin private TensorBoardOption tensorBoard;

    @Mixin private CheckpointOptions checkpointing;

    @Mixin private WorkerOptions workers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        // Workers have one folder, which they must not try at the same time.
        OutputFolder output =
                workers.reports() ? new OutputFolder(folder, DigitReport.FILES) : null;
        if (workers.reports()) {
            tensorBoard.check();
        }
        if (workers.toStart() > 0) {
            return startWorkers(workers.toStart());
        }
        Knobs.threads(threads);
        Knobs.check();
        PrintWriter out =
                workers.reports()
                        ? spec.commandLine().getOut()
                        : new PrintWriter(Writer.nullWriter());
        Digits digits =
                Memory.need(
                        "the images",
                        "",
                        () ->
                                embedded
                                        ? DrawnDigits.draw(options.seed())
                                        : DigitSource.ofUser(out).find(data, options.seed()));
        options.checkSizes(digits.train().count(), workers.shards());
        Optional<Path> from = checkpointing.from(out);
        Optional<DigitReport> report =
                Memory.need("the training", sizesGiven(), () -> train(digits, from, out));
        if (report.isEmpty()) {
            return INTERRUPTED;
        }
        if (!workers.reports()) {
            return 0;
        }
        report.get().print(out);
        report.get().save(output.create(), out, spec.commandLine().getErr());
        tensorBoard.addPictures(options.epochs(), folder, DigitReport.PICTURES);
        return 0;
    }

    /** Starts this command as often, each with its share of the cores. */
    private int startWorkers(int number) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        if (threads == null) {
            int share = Math.max(1, Runtime.getRuntime().availableProcessors() / number);
            arguments.addAll(List.of("--threads", Integer.toString(share)));
        }
        return LocalWorkers.run(number, arguments, spec.commandLine().getErr());
    }

    private Optional<DigitReport> train(Digits digits, Optional<Path> from, PrintWriter out)
            throws IOException {
        DigitTraining training =
                new DigitTraining(
                        options.plan(workers.shards()),
                        digits,
                        load == null ? Optional.empty() : Optional.of(SavedDigits.load(load)));
        announce(out, digits, training);
        try (Interruption interruption = new Interruption().idleUntilTraining();
                Collective group =
                        workers.join(options.hparams().toString(), digits.train().count())) {
            training.workers(group);
            Optional<DigitTraining.Result> result =
                    training.run(
                            checkpointing.checkpoints(),
                            from,
                            watchers(training.plan(), out, interruption));
            WorkerOptions.printReports(group, out);
            if (result.isEmpty()) {
                out.println();
                out.println(
                        checkpointing.folder() == null
                                ? "Interrupted."
                                : text(
                                        "Interrupted; go on with --checkpoint %s --resume",
                                        checkpointing.folder()));
                out.flush();
            }
            return result.map(found -> new DigitReport(digits, training.plan(), found));
        }
    }

    private TrainerCallback[] watchers(
            DigitTraining.Plan plan, PrintWriter out, Interruption interruption) {
        List<TrainerCallback> watchers = new ArrayList<>();
        String measured = plan.holdout() == 0 ? "test" : "held out";
        watchers.add(new EpochLine(out, 1).measured(measured));
        watchers.add(interruption);
        if (workers.reports()) {
            watchers.addAll(tensorBoard.callback(options.hparams()));
        }
        return watchers.toArray(TrainerCallback[]::new);
    }

    /** Names the options that the user chose and that cost memory. */
    private String sizesGiven() {
        boolean batchGiven = spec.commandLine().getParseResult().hasMatchedOption("--batch");
        return Stream.of(options.hiddenGiven() ? "--hidden" : "", batchGiven ? "--batch" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" or "));
    }

    private void check() {
        checkpointing.check();
        workers.check();
        options.check(load == null ? 1 : 0);
        BadInput.require(
                data == null || !data.toString().isBlank(),
                "--data",
                "empty",
                "the name of a folder");
    }

    private void announce(PrintWriter out, Digits digits, DigitTraining training) {
        DigitTraining.Plan plan = training.plan();
        out.printf(
                Locale.ROOT,
                "%s: %,d digits to train on%s%s, %,d to test on%n",
                digits.isEmbedded() ? "Drawn digits" : "MNIST in " + digits.source(),
                digits.train().count() - plan.holdout(),
                plan.augment() ? ", augmented" : "",
                plan.holdout() == 0 ? "" : text(", %,d held out", plan.holdout()),
                digits.test().count());
        out.printf(
                Locale.ROOT,
                "%s, %,d parameters; %s, rate %s, batch %d%n",
                plan.kind().model().name(digits.train(), plan.hidden()),
                training.parameterCount(),
                plan.rule(),
                plan.rate(),
                plan.batch());
        out.printf(
                Locale.ROOT,
                "%s kernels, %d bits, %d threads, seed %d%n%n",
                Engine.kernelSet(),
                Engine.vectorBits(),
                Engine.threads(),
                plan.seed());
        out.flush();
    }
}
