package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;
import io.github.lanewise.nn.train.WeightAverage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;

/**
 * Training ends with the same bits on any number of workers, and with those pinned here, whatever
 * the kernels.
 */
@Tag("bits")
class ShardedTrainingTest {

    private static final int SHARDS = 8;
    private static final int SAMPLES = 160;
    private static final int BATCH = 36;
    private static final int EPOCHS = 2;
    private static final int CLASSES = 4;
    private static final Shape IMAGE = new Shape(1, 9, 11);

    @TempDir Path folder;

    /** Two networks, and what they end with. */
    private enum Network {
        MLP(-247193469) {
            @Override
            Sequential make() {
                return new Sequential(
                        new Flatten(),
                        new Linear(99, 33),
                        new ReLU(),
                        new Dropout(0.3f),
                        new Linear(33, CLASSES));
            }
        },
        CNN(1610288032) {
            @Override
            Sequential make() {
                return new Sequential(
                        new Conv2d(1, 6, 3).withoutBias(),
                        new BatchNorm2d(6),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Dropout(0.2f),
                        new Flatten(),
                        new Linear(6 * 3 * 4, 21).withoutBias(),
                        new BatchNorm1d(21),
                        new ReLU(),
                        new Dropout(0.3f),
                        new Linear(21, CLASSES));
            }
        };

        private final int bits;

        Network(int bits) {
            this.bits = bits;
        }

        abstract Sequential make();
    }

    private final Dataset data = data(targets -> targets);

    private static Dataset data(UnaryOperator<Targets> change) {
        Matrix pixels = Matrices.gaussian(SAMPLES, IMAGE.features(), 1);
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> Math.floorMod((int) (9 * pixels.at(i, 50)), CLASSES));
        return Dataset.of(pixels, IMAGE, change.apply(Targets.labels(labels)));
    }

    /**
     * What a run ends with.
     *
     * @param bits of weights and running statistics
     * @param measures of the last epoch, on training and validation data
     */
    private record End(int bits, List<Double> measures) {}

    /** Differs if an output of an epoch differs in a bit, or in its place. */
    private static final class OutputHash implements Metric {

        private int hash;

        @Override
        public String name() {
            return "outputHash";
        }

        @Override
        public void reset() {
            hash = 0;
        }

        @Override
        public void add(Matrix outputs, Targets targets) {
            hash = 31 * hash + Arrays.hashCode(Matrices.values(outputs));
        }

        @Override
        public double value() {
            return hash;
        }
    }

    private static Trainer trainer(Sequential model, Dataset data) {
        return new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f))
                .seed(3)
                .metrics(OutputHash::new)
                .validation(data);
    }

    private End train(Network network, Collective workers, TrainerCallback... callbacks) {
        Sequential model = network.make();
        Trainer trainer = trainer(model, data).collective(workers);
        return end(model, trainer.fit(data, EPOCHS, BATCH, callbacks));
    }

    private static End end(Sequential model, History history) {
        int bits = Arrays.hashCode(Matrices.weights(model));
        for (State state : model.states().values()) {
            bits = 31 * bits + Arrays.hashCode(state.value().data());
        }
        return new End(bits, List.copyOf(history.epochs().getLast().measures().values()));
    }

    private List<End> trainOn(Network network, List<Collective> workers) throws Exception {
        try {
            return Workers.onEach(workers, worker -> train(network, worker));
        } finally {
            Workers.close(workers);
        }
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void anyNumberOfWorkersEndsWithTheSameBits(Network network) throws Exception {
        Sequential model = network.make();
        End one = end(model, trainer(model, data).shards(SHARDS).fit(data, EPOCHS, BATCH));
        assertEquals(network.bits, one.bits());
        for (int size : new int[] {1, 2, 4, 8}) {
            List<End> ends = trainOn(network, LocalCollective.group(size, SHARDS));
            assertEquals(Collections.nCopies(size, one), ends, size + " workers");
        }
        List<End> ends = trainOn(network, Workers.overTcp(2, SHARDS));
        assertEquals(Collections.nCopies(2, one), ends, "2 workers over TCP");
    }

    /** 36 rows in 5 shards are 8, 7, 7, 7 and 7; the last 16 of an epoch 4, 3, 3, 3, 3. */
    @Test
    void shardsThatDifferInSizeGiveTheSameBitsToo() throws Exception {
        End one = trainOn(Network.MLP, LocalCollective.group(1, 5)).getFirst();
        List<End> ends = trainOn(Network.MLP, LocalCollective.group(5, 5));
        assertEquals(Collections.nCopies(5, one), ends);
    }

    /** The last 16 rows of an epoch leave 8 of 24 shards, and two workers of six, without any. */
    @Test
    void workerWithoutRowsGoesAlong() throws Exception {
        End one = trainOn(Network.MLP, LocalCollective.group(1, 24)).getFirst();
        List<End> ends = trainOn(Network.MLP, LocalCollective.group(6, 24));
        assertEquals(Collections.nCopies(6, one), ends);
    }

    /** Weighted samples, a clipped norm, averaged weights; 160 rows in batches of 36 leave 16. */
    @Test
    void whatLooksAtTheWholeBatchSeesTheSameOnAnyNumberOfWorkers() throws Exception {
        End one = trainWithAll(LocalCollective.alone(SHARDS));
        for (int size : new int[] {2, 4, 8}) {
            List<Collective> workers = LocalCollective.group(size, SHARDS);
            List<End> ends = Workers.onEach(workers, this::trainWithAll);
            Workers.close(workers);
            assertEquals(Collections.nCopies(size, one), ends, size + " workers");
        }
    }

    private End trainWithAll(Collective workers) {
        float[] weights = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            weights[i] = i % 7 == 0 ? 0 : 0.25f + i % 5;
        }
        Dataset weighted = data(targets -> Targets.weighted(targets, weights));
        Sequential model = Network.CNN.make();
        WeightAverage average = WeightAverage.exponential(model, 0.9f);
        Trainer trainer =
                new Trainer(
                                model,
                                new SoftmaxCrossEntropy(),
                                new Adam(0.01f).with(new ClipNorm(0.5f), average))
                        .seed(3)
                        .metrics(OutputHash::new)
                        .validation(data)
                        .validationWith(average)
                        .collective(workers);
        End end = end(model, trainer.fit(weighted, EPOCHS, BATCH));
        average.apply();
        return new End(31 * end.bits() + Arrays.hashCode(Matrices.weights(model)), end.measures());
    }

    @Test
    void lostWorkerEndsTheOthersAndTheyGoOnFromTheLastCheckpoint() throws Exception {
        List<Collective> workers = Workers.overTcp(2, SHARDS);
        FutureTask<End> first =
                Workers.start("rank 0", () -> resume(workers.get(0), new TrainerCallback[0]));
        FutureTask<End> second =
                Workers.start("rank 1", () -> resume(workers.get(1), failingAt(7)));
        assertThrows(ArithmeticException.class, () -> Workers.result("rank 1", second));
        WorkerLostException lost =
                assertThrows(WorkerLostException.class, () -> Workers.result("rank 0", first));
        assertEquals(1, lost.rank());
        assertTrue(lost.getMessage().contains("rank 1 lost at step 7"), lost.getMessage());
        workers.get(0).close();

        List<Collective> again = LocalCollective.group(4, SHARDS);
        List<End> ends = Workers.onEach(again, worker -> resume(worker));
        Workers.close(again);
        for (End end : ends) {
            assertEquals(Network.CNN.bits, end.bits());
        }
    }

    /** A program that catches what {@code fit} throws, and lives on, closes nothing. */
    @Test
    void workerWhoseDataCannotBeLearntEndsTheOthers() throws Exception {
        List<Collective> workers = LocalCollective.group(2, SHARDS);
        int[] outOfRange = new int[SAMPLES];
        Arrays.fill(outOfRange, CLASSES);
        Dataset wrong = data(targets -> Targets.labels(outOfRange));
        FutureTask<End> first = Workers.start("rank 0", () -> train(Network.MLP, workers.get(0)));
        FutureTask<History> second =
                Workers.start(
                        "rank 1",
                        () ->
                                trainer(Network.MLP.make(), data)
                                        .collective(workers.get(1))
                                        .fit(wrong, EPOCHS, BATCH));
        assertThrows(IllegalArgumentException.class, () -> Workers.result("rank 1", second));
        assertThrows(WorkerLostException.class, () -> Workers.result("rank 0", first));
    }

    private static TrainerCallback failingAt(long steps) {
        return new TrainerCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
                if (progress.optimizer().steps() == steps) {
                    throw new ArithmeticException("fails on purpose");
                }
            }
        };
    }

    private End resume(Collective workers, TrainerCallback... callbacks) {
        Sequential model = Network.CNN.make();
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(2);
        Trainer trainer = trainer(model, data).collective(workers).checkpoints(checkpoints);
        try {
            checkpoints.latest().ifPresent(trainer::resume);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return end(model, trainer.fit(data, EPOCHS, BATCH, callbacks));
    }

    /** After batch 3 of 5, or with the first epoch. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void workersStopTogetherIfOneOfThemIsToldTo(int steps) throws Exception {
        End one = train(Network.MLP, LocalCollective.alone(SHARDS), stoppingAt(steps));
        List<Collective> workers = LocalCollective.group(4, SHARDS);
        List<End> ends =
                Workers.onEach(
                        workers,
                        worker ->
                                worker.rank() == 2
                                        ? train(Network.MLP, worker, stoppingAt(steps))
                                        : train(Network.MLP, worker));
        Workers.close(workers);
        assertEquals(Collections.nCopies(4, one), ends);
    }

    private static TrainerCallback stoppingAt(long steps) {
        return new TrainerCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
                if (progress.optimizer().steps() == steps) {
                    progress.stop();
                }
            }
        };
    }

    @Test
    void workersThatDifferAreTold() throws Exception {
        List<Collective> workers = LocalCollective.group(2, 2);
        List<RuntimeException> failures =
                Workers.onEach(
                        workers,
                        worker -> {
                            Trainer trainer =
                                    trainer(Network.MLP.make(), data)
                                            .collective(worker)
                                            .seed(worker.rank());
                            return assertThrows(
                                    RuntimeException.class, () -> trainer.fit(data, 1, BATCH));
                        });
        Workers.close(workers);
        for (RuntimeException failure : failures) {
            assertInstanceOf(IllegalStateException.class, failure);
            assertEquals(
                    "fit: rank 1 has seed 1, rank 0 has seed 0; give all workers the same",
                    failure.getMessage());
        }
    }

    /** The gradients have the same sizes, so that nothing but the comparison could notice. */
    @ParameterizedTest
    @ValueSource(strings = {"loss", "metrics", "model"})
    void workersThatLearnSomethingElseAreTold(String what) throws Exception {
        List<Collective> workers = LocalCollective.group(2, SHARDS);
        List<String> failures =
                Workers.onEach(
                        workers,
                        worker -> {
                            String other = worker.rank() == 1 ? what : "nothing";
                            Trainer trainer =
                                    new Trainer(
                                                    new Sequential(
                                                            new Flatten(),
                                                            new Dropout(
                                                                    other.equals("model")
                                                                            ? 0.4f
                                                                            : 0.3f),
                                                            new Linear(99, CLASSES)),
                                                    new SoftmaxCrossEntropy()
                                                            .labelSmoothing(
                                                                    other.equals("loss")
                                                                            ? 0.1f
                                                                            : 0),
                                                    new Adam(0.01f))
                                            .collective(worker);
                            if (other.equals("metrics")) {
                                trainer.metrics(OutputHash::new);
                            }
                            return assertThrows(
                                            IllegalStateException.class,
                                            () -> trainer.fit(data, 1, BATCH))
                                    .getMessage();
                        });
        Workers.close(workers);
        String expected =
                switch (what) {
                    case "loss" ->
                            "loss SoftmaxCrossEntropy(labelSmoothing=0.1), rank 0 has loss"
                                    + " SoftmaxCrossEntropy()";
                    case "metrics" -> "metrics [outputHash], rank 0 has metrics []";
                    default -> "(1): Dropout(p=0.4), rank 0 has (1): Dropout(p=0.3)";
                };
        for (String failure : failures) {
            assertEquals("fit: rank 1 has " + expected + "; give all workers the same", failure);
        }
    }

    /** Two objects of a class that says nothing differ in the hash code that Object prints. */
    @Test
    void lossThatDoesNotSayWhatItIsIsKnownByItsClass() throws Exception {
        List<Collective> workers = LocalCollective.group(2, SHARDS);
        Workers.onEach(
                workers,
                worker ->
                        new Trainer(Network.MLP.make(), new Unnamed(), new Adam(0.01f))
                                .collective(worker)
                                .fit(data, 1, BATCH));
        Workers.close(workers);
    }

    private static final class Unnamed implements Loss {

        @Override
        public LossPass bind(Shape outputs, Workspace workspace) {
            return new SoftmaxCrossEntropy().bind(outputs, workspace);
        }
    }

    @Test
    void workerThatEndsWithOtherWeightsIsNamed() throws Exception {
        List<Collective> workers = LocalCollective.group(2, SHARDS);
        List<RuntimeException> failures =
                Workers.onEach(
                        workers,
                        worker ->
                                assertThrows(
                                        RuntimeException.class,
                                        () -> train(Network.MLP, worker, meddling(worker.rank()))));
        Workers.close(workers);
        for (RuntimeException failure : failures) {
            assertTrue(
                    failure.getMessage().startsWith("fit: rank 1 has weightsAndStates "),
                    failure.getMessage());
        }
    }

    /** Changes the last bit of a weight after the last step, but on rank 0. */
    private static TrainerCallback meddling(int rank) {
        return new TrainerCallback() {
            @Override
            public void onEpochEnd(Progress progress) {
                float[] bias = progress.model().parameters().lastEntry().getValue().value().data();
                if (rank == 1 && progress.epoch() == EPOCHS) {
                    bias[0] = Math.nextUp(bias[0]);
                }
            }
        };
    }
}
