package io.github.lanewise.examples;

import io.github.lanewise.examples.pictures.RegionPicture;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.callback.EpochLine;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Evaluation;
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
 * The tutorial: tells apart the points of two noisy ellipses, one inside the other.
 *
 * <p>Read {@link #train}: a model, a loss, an optimizer, a trainer, and data.
 */
@Command(
        name = "ellipses",
        header = "Train a small network to tell two ellipses apart, and draw what it learnt.",
        sortOptions = false,
        showDefaultValues = true)
final class EllipsesCommand implements Callable<Integer> {

    private static final String PICTURE = "ellipses.png";

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the picture")
    private Path folder = Path.of("out", "ellipses");

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the points")
    private int epochs = 40;

    @Option(names = "--seed", paramLabel = "N", description = "of points, weights and order")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        BadInput.require(epochs >= 1, "--epochs", epochs, "1 or more");
        Knobs.check();
        OutputFolder output = new OutputFolder(folder, PICTURE);
        PrintWriter out = spec.commandLine().getOut();

        RandomStream random = new RandomStream(seed);
        TwoEllipses train = TwoEllipses.draw(2_000, random.stream("train"));
        TwoEllipses test = TwoEllipses.draw(1_000, random.stream("test"));
        Trainer trainer = train(train, out);

        Evaluation result = trainer.evaluate(Dataset.of(test.points(), test.labels()));
        out.printf(Locale.ROOT, "%nTest accuracy %.2f %%%n", 100 * result.accuracy());
        Pictures pictures = new Pictures(output.create());
        Shape point = new Shape(2);
        pictures.add(
                PICTURE,
                file ->
                        RegionPicture.save(
                                places -> trainer.predict(places, point),
                                test.points(),
                                test.labels(),
                                file));
        pictures.draw(file -> out.println("Picture   " + file), spec.commandLine().getErr());
        out.flush();
        return 0;
    }

    private Trainer train(TwoEllipses data, PrintWriter out) {
        Sequential model =
                new Sequential(
                        new Linear(2, 20),
                        new ReLU(),
                        new Linear(20, 10),
                        new ReLU(),
                        new Linear(10, 5),
                        new ReLU(),
                        new Linear(5, 2));
        model.initialize(seed);
        out.println(model);

        SGD optimizer = new SGD(0.02f).weightDecay(0.0005f);
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), optimizer).seed(seed);
        trainer.fit(Dataset.of(data.points(), data.labels()), epochs, 32, new EpochLine(out, 4));
        return trainer;
    }
}
