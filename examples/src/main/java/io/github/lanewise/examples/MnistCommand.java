package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.examples.digits.DigitSource;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.digits.DrawnDigits;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

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

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with the four IDX files, gzipped or not")
    private Path data;

    @Option(names = "--embedded", description = "train on drawn digits; look for no others")
    private boolean embedded;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for pictures and metrics")
    private Path folder = Path.of("out", "mnist");

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the training set")
    private int epochs = 5;

    @Option(names = "--batch", paramLabel = "N", description = "images in a step")
    private int batch = 64;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "widths of the hidden layers")
    private int[] hidden = {256, 128};

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "one of: ${COMPLETION-CANDIDATES}")
    private DigitTraining.Rule optimizer = DigitTraining.Rule.sgd;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "learning rate at the start, by default 0.03 for sgd, 0.001 for adam",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private Float rate;

    @Option(names = "--seed", paramLabel = "N", description = "of weights, order and drawn digits")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; any number gives the same weights; by default, all cores")
    private Integer threads;

    @Override
    public Integer call() throws IOException {
        check();
        Knobs.threads(threads);
        Knobs.check();
        OutputFolder output = new OutputFolder(folder);
        PrintWriter out = spec.commandLine().getOut();
        Digits digits =
                embedded ? DrawnDigits.draw(seed) : DigitSource.ofUser(out).find(data, seed);
        DigitTraining training =
                new DigitTraining(
                        new DigitTraining.Plan(hidden, optimizer, rate(), batch, epochs, seed),
                        digits);
        announce(out, digits, training);
        DigitTraining.Result result = training.run(new EpochLine(out, 1));
        DigitReport report = new DigitReport(digits, training.plan(), result);
        report.print(out);
        report.save(output.create(), out);
        return 0;
    }

    private void check() {
        BadInput.require(epochs >= 1, "--epochs", epochs, "1 or more");
        BadInput.require(batch >= 1, "--batch", batch, "1 or more");
        BadInput.require(rate() > 0 && Float.isFinite(rate()), "--lr", rate(), "a number above 0");
        for (int width : hidden) {
            BadInput.require(
                    width >= 1 && width <= WIDEST, "--hidden", width, "widths from 1 to " + WIDEST);
        }
    }

    private float rate() {
        return rate != null ? rate : optimizer.usualRate();
    }

    private void announce(PrintWriter out, Digits digits, DigitTraining training) {
        out.printf(
                "%s: %,d digits to train on, %,d to test on%n",
                digits.isEmbedded() ? "Drawn digits" : "MNIST in " + digits.source(),
                digits.train().count(),
                digits.test().count());
        String widths =
                Arrays.stream(hidden).mapToObj(Integer::toString).collect(Collectors.joining("-"));
        out.printf(
                "%d-%s-10 network, %,d parameters; %s, rate %s, batch %d%n",
                digits.train().features(),
                widths,
                training.parameterCount(),
                optimizer,
                rate(),
                batch);
        out.printf(
                "%s kernels, %d bits, %d threads, seed %d%n%n",
                Engine.kernelSet(), Engine.vectorBits(), Engine.threads(), seed);
        out.flush();
    }
}
