package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.DigitSource;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.digits.DrawnDigits;
import io.github.lanewise.examples.pictures.LatentPicture;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.callback.EpochLine;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.schedule.CosineAnnealingLR;
import io.github.lanewise.nn.train.Trainer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Squeezes digits through two numbers and makes them out of these again, without their labels.
 *
 * <p>Read {@link #train}: two networks, one after the other, and data that are their own targets.
 */
@Command(
        name = "autoencoder",
        header = "Squeeze digits into two numbers each, and draw where they come to lie.",
        description =
                "Takes the digits that mnist would take. Labels are not learnt from; they colour"
                        + " the map.",
        sortOptions = false,
        showDefaultValues = true)
final class AutoencoderCommand implements Callable<Integer> {

    private static final String PICTURE = "latent.png";
    private static final int BATCH = 64;
    private static final float RATE = 0.002f;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with four IDX files named as MNIST's")
    private Path data;

    @Option(names = "--embedded", description = "take drawn digits; look for no others")
    private boolean embedded;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the picture")
    private Path folder = Path.of("out", "autoencoder");

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the training set")
    private int epochs = 10;

    @Option(names = "--seed", paramLabel = "N", description = "of weights, order and drawn digits")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        BadInput.require(epochs >= 1, "--epochs", epochs, "1 or more");
        Knobs.check();
        OutputFolder output = new OutputFolder(folder, PICTURE);
        PrintWriter out = spec.commandLine().getOut();
        Digits digits =
                embedded ? DrawnDigits.draw(seed) : DigitSource.ofUser(out).find(data, seed);
        double mean = digits.train().pixels().mean();
        double deviation = digits.train().pixels().deviation(mean);
        Dataset train = samples(digits.train(), mean, deviation);
        Dataset test = samples(digits.test(), mean, deviation);

        int pixels = digits.train().features();
        Sequential encoder =
                new Sequential(
                        new Linear(pixels, 256),
                        new ReLU(),
                        new Linear(256, 64),
                        new ReLU(),
                        new Linear(64, 2));
        Sequential decoder =
                new Sequential(
                        new Linear(2, 64),
                        new ReLU(),
                        new Linear(64, 256),
                        new ReLU(),
                        new Linear(256, pixels));
        Trainer trainer = train(new Sequential(encoder, decoder), train, test, out);

        double lost = trainer.evaluate(test).loss();
        out.printf(
                Locale.ROOT,
                "%nTwo numbers for %d pixels: %.1f %% of the test digits' variance is kept%n",
                pixels,
                100 * (1 - lost / variance(test)));
        Matrix latent = new Trainer(encoder, new MSELoss(), new Adam(RATE)).predict(test);
        Matrix made = trainer.predict(test);
        Pictures pictures = new Pictures(output.create());
        pictures.add(PICTURE, file -> LatentPicture.save(digits.test(), latent, made, file));
        pictures.draw(file -> out.println("Picture   " + file), spec.commandLine().getErr());
        out.flush();
        return 0;
    }

    private static Dataset samples(DigitSet digits, double mean, double deviation) {
        Targets none = Targets.none(digits.count());
        Shape pixels = new Shape(digits.features());
        return digits.pixels().dataset(pixels, none, mean, deviation).reconstructing();
    }

    private Trainer train(Sequential model, Dataset train, Dataset test, PrintWriter out) {
        model.initialize(seed);
        out.println(model);
        out.flush();
        Adam adam = new Adam(RATE);
        long steps = (long) epochs * Math.ceilDiv(train.size(), BATCH);
        Trainer trainer = new Trainer(model, new MSELoss(), adam).seed(seed).validation(test);
        trainer.fit(
                train,
                epochs,
                BATCH,
                new CosineAnnealingLR(RATE, steps).perStep(adam),
                new EpochLine(out, 1));
        return trainer;
    }

    /** Returns the mean square of what a network that always says the mean digit would miss. */
    private static double variance(Dataset digits) {
        int features = digits.shape().features();
        double[] sums = new double[features];
        double[] squares = new double[features];
        Matrix one = Matrix.zeros(1, features);
        Targets unread = digits.targetBuffer(1);
        for (int i = 0; i < digits.size(); i++) {
            digits.gather(new int[] {i}, one, unread);
            for (int j = 0; j < features; j++) {
                sums[j] += one.at(0, j);
                squares[j] += (double) one.at(0, j) * one.at(0, j);
            }
        }
        double total = 0;
        for (int j = 0; j < features; j++) {
            double mean = sums[j] / digits.size();
            total += squares[j] / digits.size() - mean * mean;
        }
        return total / features;
    }
}
