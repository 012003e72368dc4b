package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.pictures.SeriesPicture;
import io.github.lanewise.nn.callback.EpochLine;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.recurrent.LSTM;
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
 * Forecasts a made-up series, a day ahead.
 *
 * <p>Read {@link #train}: a recurrent network that sees some days, hour by hour, and says the next.
 */
@Command(
        name = "series",
        header = "Forecast a made-up hourly series a day ahead, and draw the forecasts.",
        sortOptions = false,
        showDefaultValues = true)
final class SeriesCommand implements Callable<Integer> {

    private static final String PICTURE = "series.png";
    private static final int PAST = 2 * SeasonalSeries.DAY;
    private static final int FUTURE = SeasonalSeries.DAY;
    private static final int TRAINED = 12 * SeasonalSeries.WEEK;
    private static final int TESTED = 3 * SeasonalSeries.WEEK;
    private static final int BATCH = 32;
    private static final float RATE = 0.005f;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the picture")
    private Path folder = Path.of("out", "series");

    @Option(names = "--epochs", paramLabel = "N", description = "passes over twelve weeks")
    private int epochs = 20;

    @Option(names = "--units", paramLabel = "N", description = "width of the LSTM")
    private int units = 32;

    @Option(names = "--seed", paramLabel = "N", description = "of series, weights and order")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        BadInput.require(epochs >= 1, "--epochs", epochs, "1 or more");
        BadInput.require(units >= 1 && units <= 1024, "--units", units, "from 1 to 1024");
        Knobs.check();
        OutputFolder output = new OutputFolder(folder, PICTURE);
        PrintWriter out = spec.commandLine().getOut();

        SeasonalSeries series = SeasonalSeries.draw(TRAINED + TESTED, seed);
        Dataset past = series.windows(PAST, TRAINED, PAST, FUTURE);
        Dataset future = series.windows(TRAINED, TRAINED + TESTED, PAST, FUTURE);
        Trainer trainer = train(past, future, out);

        Matrix forecasts = trainer.predict(future);
        double ours = Math.sqrt(trainer.evaluate(future).loss());
        double naive = naive(series, SeasonalSeries.DAY);
        double week = naive(series, SeasonalSeries.WEEK);
        out.printf(
                Locale.ROOT,
                "%nMean error of a day's forecast (root of mean square), three weeks not learnt:%n"
                        + "  network            %.3f%n  as the day before  %.3f%n"
                        + "  as the week before %.3f%n",
                ours,
                naive,
                week);
        Pictures pictures = new Pictures(output.create());
        pictures.add(
                PICTURE, file -> SeriesPicture.save(series.values(), TRAINED, forecasts, file));
        pictures.draw(file -> out.println("Picture   " + file), spec.commandLine().getErr());
        out.flush();
        return 0;
    }

    private Trainer train(Dataset past, Dataset future, PrintWriter out) {
        Sequential model =
                new Sequential(new LSTM(1, units).lastOutput(), new Linear(units, FUTURE));
        model.initialize(seed);
        out.println(model);
        Adam adam = new Adam(RATE);
        adam.with(new ClipNorm(1));
        long steps = (long) epochs * Math.ceilDiv(past.size(), BATCH);
        Trainer trainer = new Trainer(model, new MSELoss(), adam).seed(seed).validation(future);
        trainer.fit(
                past,
                epochs,
                BATCH,
                new CosineAnnealingLR(RATE, steps).perStep(adam),
                new EpochLine(out, Math.max(1, epochs / 10)));
        return trainer;
    }

    /** Returns the error of who says that every hour is as one was so long before. */
    private static double naive(SeasonalSeries series, int before) {
        double squares = 0;
        float[] x = series.values();
        for (int t = TRAINED; t < x.length; t++) {
            squares += (x[t] - x[t - before]) * (x[t] - x[t - before]);
        }
        return Math.sqrt(squares / (x.length - TRAINED));
    }
}
