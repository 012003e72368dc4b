package io.github.lanewise.nn.callback;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class CallbacksTest {

    @TempDir Path folder;

    private final Sequential model = new Sequential(new Linear(2, 6), new ReLU(), new Linear(6, 1));

    private static Dataset data(long seed) {
        Matrix x = Matrices.gaussian(32, 2, seed);
        return Dataset.of(x, new Shape(2), Targets.values(Matrices.gaussian(32, 1, seed + 1)));
    }

    private Trainer trainer(float rate) {
        return new Trainer(model, new MSELoss(), new SGD(rate)).validation(data(9));
    }

    /** Keeps the weights at the end of each epoch. */
    private static final class Weights implements TrainerCallback {
        private final List<float[]> ofEpochs = new ArrayList<>();

        @Override
        public void onEpochEnd(Progress progress) {
            ofEpochs.add(weights(progress.model()));
        }
    }

    @Test
    void bestWeightsComeBackThoughItNeverStopped() {
        Weights seen = new Weights();
        EarlyStopping stopping = new EarlyStopping().patience(1000);
        History history = trainer(0.3f).fit(data(1), 30, 8, seen, stopping);
        double[] losses = history.metric("val_loss");
        int best = 0;
        for (int epoch = 0; epoch < losses.length; epoch++) {
            best = losses[epoch] < losses[best] ? epoch : best;
        }
        assertTrue(best < losses.length - 1, "best epoch " + best);
        assertEquals(best + 1, stopping.bestEpoch());
        assertEquals(losses[best], stopping.best());
        assertArrayEquals(seen.ofEpochs.get(best), weights(model));
    }

    @Test
    void stopsAfterPatienceAndTheBaseline() {
        EarlyStopping never = new EarlyStopping().baseline(-1).patience(2);
        assertEquals(3, trainer(0.01f).fit(data(1), 30, 8, never).epochs().size());
        EarlyStopping late = new EarlyStopping().minDelta(1e9).startFromEpoch(4);
        assertEquals(6, trainer(0.01f).fit(data(1), 30, 8, late).epochs().size());
        EarlyStopping rising =
                new EarlyStopping().monitor("loss").mode(EarlyStopping.Mode.MAX).patience(1);
        assertEquals(3, trainer(0.01f).fit(data(1), 30, 8, rising).epochs().size());
    }

    @Test
    void unknownMeasureIsNamed() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> trainer(0.1f).fit(data(1), 1, 8, new EarlyStopping().monitor("f1")));
        assertEquals(
                "metric: there is no f1; there are [loss, accuracy, val_loss, val_accuracy]",
                e.getMessage());
    }

    @Test
    void earlyStoppingGoesOnFromACheckpoint() throws IOException {
        EarlyStopping whole = new EarlyStopping().patience(5);
        trainer(0.3f).fit(data(1), 20, 8, whole);
        float[] expected = weights(model);

        model.initialize(0);
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(3);
        TrainerCallback kill =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        if (progress.optimizer().steps() == 17) {
                            throw new IllegalStateException("killed");
                        }
                    }
                };
        assertThrows(
                IllegalStateException.class,
                () ->
                        trainer(0.3f)
                                .checkpoints(checkpoints)
                                .fit(data(1), 20, 8, new EarlyStopping().patience(5), kill));
        EarlyStopping resumed = new EarlyStopping().patience(5);
        trainer(0.3f).resume(checkpoints.latest().orElseThrow()).fit(data(1), 20, 8, resumed);
        assertEquals(whole.bestEpoch(), resumed.bestEpoch());
        assertArrayEquals(expected, weights(model));
    }

    @Test
    void logHasALineForEachEpoch() throws IOException {
        Path file = folder.resolve("log.csv");
        History history = trainer(0.1f).fit(data(1), 2, 8, new CsvLog(file));
        List<String> lines = Files.readAllLines(file);
        assertEquals("epoch,seconds,loss,accuracy,val_loss,val_accuracy", lines.getFirst());
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).contains("," + history.metric("val_loss")[1] + ","));
    }

    @Test
    void divergenceIsNamedAndTheWeightsStayFinite() {
        Dataset huge =
                Dataset.of(
                        Matrix.copyOf(new float[][] {{1, 1}, {1e38f, 1e38f}, {1, 1}}),
                        new Shape(2),
                        Targets.values(Matrix.zeros(3, 1)));
        model.initialize(3);
        StopOnNaN watch = new StopOnNaN();
        new Trainer(model, new MSELoss(), new SGD(0.1f)).shuffle(false).fit(huge, 3, 1, watch);
        String report = watch.report().orElseThrow();
        assertTrue(report.startsWith("epoch 1, batch 2: the loss is Infinity; "), report);
        for (float weight : weights(model)) {
            assertTrue(Float.isFinite(weight), report);
        }
    }

    @Test
    void layerWhoseOutputsOverflowIsNamed() {
        Dataset data =
                Dataset.of(
                        Matrix.copyOf(new float[][] {{1e30f, 1e30f}}),
                        new Shape(2),
                        Targets.values(Matrix.zeros(1, 1)));
        Arrays.fill(((Linear) model.layers().getFirst()).weight().value().data(), 1e20f);
        StopOnNaN watch = new StopOnNaN();
        new Trainer(model, new MSELoss(), new SGD(0.1f)).fit(data, 1, 1, watch);
        assertTrue(
                watch.report()
                        .orElseThrow()
                        .endsWith("the outputs of layer 0, Linear(2 -> 6), are not finite"),
                watch.report().orElseThrow());
    }

    @Test
    void timeIsOver() {
        History history = trainer(0.1f).fit(data(1), 50, 8, new StopAfter(Duration.ZERO));
        assertEquals(1, history.epochs().size());
        assertEquals(8, history.epochs().getFirst().samples());
    }

    /** More nanoseconds than a long counts. */
    @Test
    void neverMayBeLongerThanAnyRun() {
        Duration ages = ChronoUnit.FOREVER.getDuration();
        Checkpoints checkpoints = new Checkpoints(folder).every(ages);
        History history =
                trainer(0.1f).checkpoints(checkpoints).fit(data(1), 2, 8, new StopAfter(ages));
        assertEquals(2, history.epochs().size());
    }

    @Test
    void validationSplitIsTheEnd() {
        Trainer trainer = new Trainer(model, new MSELoss(), new SGD(0)).validationSplit(0.25);
        History history = trainer.fit(data(1), 1, 8);
        assertEquals(24, history.epochs().getFirst().samples());
        assertEquals(8, history.epochs().getFirst().validation().orElseThrow().samples());
        assertEquals(trainer.evaluate(data(1).range(24, 32)).loss(), history.metric("val_loss")[0]);
    }

    @Test
    void bestModelIsInTheFile() throws IOException {
        Path file = folder.resolve("best.safetensors");
        EarlyStopping stopping = new EarlyStopping().patience(1000);
        trainer(0.3f)
                .fit(
                        data(1),
                        30,
                        8,
                        stopping,
                        new ModelCheckpoint(file).saveBestOnly().describe(f -> f.labels("y")));
        assertTrue(stopping.bestEpoch() < 30);
        ModelFile saved = ModelFile.open(file);
        assertArrayEquals(weights(model), weights(saved.model()));
        assertEquals(List.of("y"), saved.labels());
    }

    /** A thread that is interrupted can write no file. */
    @Test
    void anInterruptedRunStillWritesItsFiles() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Path log = folder.resolve("log.csv");
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        Thread.currentThread().interrupt();
        try {
            trainer(0.1f)
                    .checkpoints(checkpoints)
                    .fit(data(1), 5, 8, new ModelCheckpoint(file), new CsvLog(log));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(2, Files.readAllLines(log).size());
        assertArrayEquals(weights(model), weights(ModelFile.load(file)));
        assertTrue(checkpoints.latest().isPresent());
    }

    /** Puts its calls into a list, and fails at the beginning if told so. */
    private record Told(String name, List<String> calls, boolean fails) implements TrainerCallback {
        @Override
        public void onTrainBegin(Progress progress) {
            calls.add("begin " + name);
            if (fails) {
                throw new IllegalStateException(name);
            }
        }

        @Override
        public void onTrainEnd(Progress progress) {
            calls.add("end " + name);
        }
    }

    @Test
    void whoWasToldTheBeginningIsToldTheEnd() {
        List<String> calls = new ArrayList<>();
        TrainerCallback[] told = {
            new Told("a", calls, false), new Told("b", calls, true), new Told("c", calls, false)
        };
        assertThrows(IllegalStateException.class, () -> trainer(0.1f).fit(data(1), 1, 8, told));
        assertEquals(List.of("begin a", "begin b", "end a"), calls);
    }

    @Test
    void aBatchOfWhichNothingCountsIsNoDivergence() {
        Targets weighted = Targets.weighted(data(1).targets(), firstEightOff());
        StopOnNaN watch = new StopOnNaN();
        History history =
                trainer(0.1f).shuffle(false).fit(data(1).withTargets(weighted), 2, 8, watch);
        assertEquals(2, history.epochs().size(), () -> watch.report().orElse(""));
        assertTrue(Double.isFinite(history.metric("loss")[1]));
    }

    private static float[] firstEightOff() {
        float[] weights = new float[32];
        Arrays.fill(weights, 8, 32, 1);
        return weights;
    }

    @Test
    void anAccuracyThatTheLossDoesNotKnowIsNamed() {
        EarlyStopping stopping = new EarlyStopping().monitor("val_accuracy").patience(3);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> trainer(0.1f).fit(data(1), 9, 8, stopping));
        assertEquals(
                "metric: val_accuracy is NaN, for the loss knows no right and wrong; watch another"
                        + " measure, such as val_loss",
                e.getMessage());
    }
}
