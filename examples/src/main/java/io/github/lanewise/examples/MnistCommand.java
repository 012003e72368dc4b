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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int WIDEST = 16_384;

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

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over the training set; by default 5, with --augment 15",
            showDefaultValue = Visibility.NEVER)
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "images in a step")
    private int batch = 64;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "kind of network, one of: ${COMPLETION-CANDIDATES}; by default mlp, with"
                            + " --augment deepcnn",
            showDefaultValue = Visibility.NEVER)
    private DigitModel.Kind kind;

    @Option(
            names = "--augment",
            description =
                    "move, turn, scale and shear the training digits a little, anew in each epoch,"
                            + " and let the weights decay")
    private boolean augment;

    @Option(
            names = "--holdout",
            paramLabel = "N",
            description =
                    "do not learn the last N training digits, but measure on them after each epoch;"
                            + " the test digits are then read once, at the end")
    private int holdout = 0;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description =
                    "widths of the hidden layers: of mlp, by default 256,128; of those after cnn's"
                            + " convolutions, 128; of lstm's layers, 128; of the feed-forward"
                            + " networks in transformer's layers, 128,128",
            showDefaultValue = Visibility.NEVER)
    private int[] hidden;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "share of the hidden values that training leaves out")
    private float dropout = 0;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "one of: ${COMPLETION-CANDIDATES}; by default what suits the model",
            showDefaultValue = Visibility.NEVER)
    private DigitTraining.Rule optimizer;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "learning rate at the start, by default what suits model and optimizer",
            showDefaultValue = Visibility.NEVER)
    private Float rate;

    @Option(names = "--seed", paramLabel = "N", description = "of weights, order and drawn digits")
    private long seed = 1;

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
                                        ? DrawnDigits.draw(seed)
                                        : DigitSource.ofUser(out).find(data, seed));
        BadInput.require(
                holdout >= 0 && holdout < digits.train().count(),
                "--holdout",
                holdout,
                text("0 or more, and below the %,d training digits", digits.train().count()));
        checkBatch(digits.train().count() - holdout);
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
        tensorBoard.addPictures(epochs(), folder, DigitReport.PICTURES);
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
                        new DigitTraining.Plan(
                                kind(),
                                hidden(),
                                dropout,
                                optimizer(),
                                rate(),
                                rate != null,
                                batch,
                                epochs(),
                                seed,
                                workers.shards(),
                                augment,
                                holdout),
                        digits,
                        load == null ? Optional.empty() : Optional.of(SavedDigits.load(load)));
        announce(out, digits, training);
        try (Interruption interruption = new Interruption().idleUntilTraining();
                Collective group = workers.join(hparams().toString(), digits.train().count())) {
            training.workers(group);
            Optional<DigitTraining.Result> result =
                    training.run(checkpointing.checkpoints(), from, watchers(out, interruption));
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

    private TrainerCallback[] watchers(PrintWriter out, Interruption interruption) {
        List<TrainerCallback> watchers = new ArrayList<>();
        watchers.add(new EpochLine(out, 1).measured(measured()));
        watchers.add(interruption);
        if (workers.reports()) {
            watchers.addAll(tensorBoard.callback(hparams()));
        }
        return watchers.toArray(TrainerCallback[]::new);
    }

    /** Returns all that decides the training; workers that differ in it are turned away. */
    private Map<String, Object> hparams() {
        Map<String, Object> hparams = new LinkedHashMap<>();
        hparams.put("model", kind());
        hparams.put("hidden", Arrays.toString(hidden()));
        hparams.put("dropout", dropout);
        hparams.put("optimizer", optimizer());
        hparams.put("lr", rate());
        hparams.put("batch", batch);
        hparams.put("epochs", epochs());
        hparams.put("augment", augment);
        hparams.put("holdout", holdout);
        hparams.put("seed", seed);
        return hparams;
    }

    /** Names the options that the user chose and that cost memory. */
    private String sizesGiven() {
        boolean batchGiven = spec.commandLine().getParseResult().hasMatchedOption("--batch");
        return Stream.of(hidden != null ? "--hidden" : "", batchGiven ? "--batch" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" or "));
    }

    private void check() {
        checkpointing.check();
        workers.check();
        BadInput.require(
                epochs() >= (load == null ? 1 : 0),
                "--epochs",
                epochs(),
                load == null ? "1 or more" : "0 or more");
        BadInput.require(batch >= 1, "--batch", batch, "1 or more");
        BadInput.require(dropout >= 0 && dropout < 1, "--dropout", dropout, "from 0 to below 1");
        BadInput.require(rate() > 0 && Float.isFinite(rate()), "--lr", rate(), "a number above 0");
        BadInput.require(
                data == null || !data.toString().isBlank(),
                "--data",
                "empty",
                "the name of a folder");
        BadInput.require(hidden().length > 0, "--hidden", "empty", "one width or more");
        for (int width : hidden()) {
            BadInput.require(
                    width >= 1 && width <= WIDEST, "--hidden", width, "widths from 1 to " + WIDEST);
        }
    }

    private void checkBatch(int images) {
        int last = images % batch == 0 ? batch : images % batch;
        int least = kind().model().smallestBatch();
        BadInput.require(
                last >= least,
                "--batch",
                batch,
                text(
                        "another number: the last step of an epoch of %,d images would have %d,"
                                + " and %s needs %d or more",
                        images, last, kind(), least));
        int smallest = Math.max(1, last / workers.shards());
        BadInput.require(
                smallest >= least,
                "--shards",
                workers.shards(),
                text(
                        "fewer: the last step of an epoch of %,d images would have shards of %d,"
                                + " and %s needs %d or more",
                        images, smallest, kind(), least));
    }

    /** What the digits are called that are measured after each epoch. */
    private String measured() {
        return holdout == 0 ? "test" : "held out";
    }

    private int epochs() {
        return epochs != null ? epochs : augment ? 15 : 5;
    }

    private DigitModel.Kind kind() {
        DigitModel.Kind usual = augment ? DigitModel.Kind.deepcnn : DigitModel.Kind.mlp;
        return kind != null ? kind : usual;
    }

    private float rate() {
        return rate != null ? rate : kind().model().usualRate(optimizer());
    }

    private DigitTraining.Rule optimizer() {
        return optimizer != null ? optimizer : kind().model().usualRule();
    }

    private int[] hidden() {
        return hidden != null ? hidden : kind().model().usualHidden();
    }

    private void announce(PrintWriter out, Digits digits, DigitTraining training) {
        out.printf(
                Locale.ROOT,
                "%s: %,d digits to train on%s%s, %,d to test on%n",
                digits.isEmbedded() ? "Drawn digits" : "MNIST in " + digits.source(),
                digits.train().count() - holdout,
                augment ? ", augmented" : "",
                holdout == 0 ? "" : text(", %,d held out", holdout),
                digits.test().count());
        out.printf(
                Locale.ROOT,
                "%s, %,d parameters; %s, rate %s, batch %d%n",
                kind().model().name(digits.train(), hidden()),
                training.parameterCount(),
                optimizer(),
                rate(),
                batch);
        out.printf(
                Locale.ROOT,
                "%s kernels, %d bits, %d threads, seed %d%n%n",
                Engine.kernelSet(),
                Engine.vectorBits(),
                Engine.threads(),
                seed);
        out.flush();
    }
}
