package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.LocalCollective;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.PartialLossPass;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Training on batches that are cut into shards, by one worker. */
class ShardsTest {

    private static final int SAMPLES = 50;
    private static final int CLASSES = 3;
    private static final float TOLERANCE = 1e-5f;

    @TempDir Path folder;

    private static Dataset data(int samples) {
        Matrix x = Matrices.gaussian(samples, 6, 3);
        int[] labels = new int[samples];
        Arrays.setAll(labels, i -> Math.floorMod((int) (10 * x.at(i, 0)), CLASSES));
        return Dataset.of(x, new Shape(6), Targets.labels(labels));
    }

    private static Sequential model(boolean normalized) {
        Sequential model =
                normalized
                        ? new Sequential(
                                new Linear(6, 12),
                                new BatchNorm1d(12),
                                new ReLU(),
                                new Dropout(0.3f),
                                new Linear(12, CLASSES))
                        : new Sequential(
                                new Linear(6, 12),
                                new ReLU(),
                                new Dropout(0.3f),
                                new Linear(12, CLASSES));
        model.initialize(7);
        return model;
    }

    private static Trainer trainer(Layer model, Loss loss) {
        return new Trainer(model, loss, new SGD(0.1f).momentum(0.9f)).seed(5);
    }

    private static Trainer trainer(Layer model) {
        return trainer(model, new SoftmaxCrossEntropy());
    }

    @Test
    void oneShardIsTheWholeBatchBitForBit() {
        Layer usual = model(true);
        Layer cut = model(true);
        trainer(usual).fit(data(SAMPLES), 2, 8);
        trainer(cut).shards(1).collective(LocalCollective.alone(1)).fit(data(SAMPLES), 2, 8);
        assertArrayEquals(weights(usual), weights(cut));
    }

    /** 8 rows in 3 shards are 3, 3 and 2 rows. */
    @Test
    void stepFollowsTheDefinitionWordForWord() {
        Dataset data = data(8);
        Sequential expected = model(true);
        float[][] gradients = new float[3][];
        float[][] means = new float[3][];
        int[] first = {0, 3, 6, 8};
        for (int s = 0; s < 3; s++) {
            Sequential copy = model(true);
            gradients[s] = gradient(copy, data, first[s], first[s + 1]);
            means[s] = runningMean(copy).clone();
        }
        float[] before = weights(expected);
        float[] start = runningMean(expected).clone();

        Sequential model = model(true);
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(1))
                .shuffle(false)
                .shards(3)
                .fit(data, 1, 8);

        float[] after = weights(model);
        for (int i = 0; i < before.length; i++) {
            float sum = (gradients[0][i] + gradients[1][i]) + gradients[2][i];
            assertEquals(before[i] - sum, after[i], "weight " + i);
        }
        for (int i = 0; i < start.length; i++) {
            float moves =
                    ((means[0][i] - start[i]) + (means[1][i] - start[i]))
                            + (means[2][i] - start[i]);
            assertEquals((float) (start[i] + (double) moves / 3), runningMean(model)[i]);
        }
    }

    private static float[] runningMean(Sequential model) {
        return ((BatchNorm1d) model.layers().get(1)).runningMean().value().data();
    }

    private static float[] gradient(Layer model, Dataset data, int from, int to) {
        Workspace workspace = Workspace.training(to - from);
        Pass pass = model.bind(data.shape(), workspace);
        LossPass loss = new SoftmaxCrossEntropy().bind(new Shape(CLASSES), workspace);
        Matrix inputs = Matrix.zeros(to - from, data.shape().features());
        Targets targets = data.targetBuffer(to - from);
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        data.gather(rows, inputs, targets);
        workspace.firstSample(from);
        PartialLossPass partial = (PartialLossPass) loss;
        double[] counts = new double[partial.counters()];
        partial.count(data.targets(), counts, 0);
        partial.forward(pass.forward(inputs), targets, counts, 0);
        pass.backward(loss.backward());
        float[] all = new float[weights(model).length];
        int at = 0;
        for (Param parameter : model.parameters().values()) {
            System.arraycopy(parameter.gradient().data(), 0, all, at, parameter.size());
            at += parameter.size();
        }
        return all;
    }

    /** With the masks of other places the weights would differ from the first digit on. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 60})
    void trainingWithoutNormalizationIsThatOfTheWholeBatchButForRounding(int shards) {
        Layer whole = model(false);
        Layer cut = model(false);
        History one = trainer(whole).fit(data(SAMPLES), 2, 8);
        History two = trainer(cut).shards(shards).fit(data(SAMPLES), 2, 8);
        assertArrayEquals(weights(whole), weights(cut), TOLERANCE);
        for (int i = 0; i < 2; i++) {
            assertEquals(one.epochs().get(i).loss(), two.epochs().get(i).loss(), TOLERANCE);
            assertEquals(one.epochs().get(i).accuracy(), two.epochs().get(i).accuracy());
        }
    }

    @Test
    void whatCountsIsCountedInTheWholeBatch() {
        Loss loss = new SoftmaxCrossEntropy().weight(0.3f, 1, 4).ignoreIndex(1);
        Layer whole = model(false);
        Layer cut = model(false);
        History one = trainer(whole, loss).fit(data(SAMPLES), 2, 8);
        History two = trainer(cut, loss).shards(4).fit(data(SAMPLES), 2, 8);
        assertArrayEquals(weights(whole), weights(cut), TOLERANCE);
        assertEquals(one.epochs().getLast().loss(), two.epochs().getLast().loss(), TOLERANCE);
        assertEquals(one.epochs().getLast().accuracy(), two.epochs().getLast().accuracy());
    }

    @Test
    void weightsOfSamplesGoWithTheirShards() {
        Dataset plain = data(SAMPLES);
        float[] weights = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            weights[i] = 1 + i % 3;
        }
        Matrix rows = Matrix.zeros(SAMPLES, 6);
        plain.gather(IntStream.range(0, SAMPLES).toArray(), rows, plain.targetBuffer(SAMPLES));
        Dataset weighted =
                Dataset.of(rows, new Shape(6), new Targets.Weighted(plain.targets(), weights));
        Layer whole = model(false);
        Layer cut = model(false);
        History one = trainer(whole).fit(weighted, 2, 8);
        History two = trainer(cut).shards(3).fit(weighted, 2, 8);
        assertArrayEquals(weights(whole), weights(cut), TOLERANCE);
        assertEquals(one.epochs().getLast().loss(), two.epochs().getLast().loss(), TOLERANCE);
    }

    /** Its mean is all that it tells, so shards count by rows. */
    @Test
    void lossOfAnotherKindCountsByRows() {
        Loss known = new SoftmaxCrossEntropy();
        Loss foreign =
                (shape, workspace) -> {
                    LossPass pass = known.bind(shape, workspace);
                    return new LossPass() {
                        @Override
                        public float forward(Matrix predictions, Targets targets) {
                            return pass.forward(predictions, targets);
                        }

                        @Override
                        public Matrix backward() {
                            return pass.backward();
                        }
                    };
                };
        Layer whole = model(false);
        Layer cut = model(false);
        History one = trainer(whole).fit(data(SAMPLES), 2, 8);
        History two = trainer(cut, foreign).shards(3).fit(data(SAMPLES), 2, 8);
        assertArrayEquals(weights(whole), weights(cut), TOLERANCE);
        assertEquals(one.epochs().getLast().loss(), two.epochs().getLast().loss(), TOLERANCE);
    }

    @Test
    void metricsSeeTheWholeBatch() {
        List<float[]> whole = new ArrayList<>();
        List<float[]> cut = new ArrayList<>();
        trainer(model(false)).metrics(() -> new Seen(whole)).fit(data(SAMPLES), 1, 8);
        trainer(model(false)).shards(3).metrics(() -> new Seen(cut)).fit(data(SAMPLES), 1, 8);
        assertEquals(7, cut.size());
        for (int i = 0; i < cut.size(); i++) {
            assertArrayEquals(whole.get(i), cut.get(i), TOLERANCE);
        }
    }

    /** Notes all that it sees. */
    private record Seen(List<float[]> outputs) implements Metric {

        @Override
        public String name() {
            return "seen";
        }

        @Override
        public void reset() {}

        @Override
        public void add(Matrix batch, Targets targets) {
            assertEquals(batch.rows(), targets.size());
            outputs.add(Matrices.values(batch));
        }

        @Override
        public double value() {
            return 0;
        }
    }

    @Test
    void dropoutOfTimeStepsCountsRowsFromTheSamplesPlace() {
        Layer layer = new TimeDistributed(new Dropout(0.5f));
        Matrix ones = Matrix.zeros(5, 12);
        Arrays.fill(ones.data(), 1);
        Matrix all = layer.bind(new Shape(4, 3), Workspace.training(5)).forward(ones);
        Layer again = new TimeDistributed(new Dropout(0.5f));
        Workspace part = Workspace.training(2);
        Pass pass = again.bind(new Shape(4, 3), part);
        part.firstSample(3);
        assertArrayEquals(
                Matrices.values(all.rowRange(3, 5)),
                Matrices.values(pass.forward(ones.rowRange(3, 5))));
    }

    @Test
    void resumedRunEndsWithTheSameBits() {
        Layer whole = model(true);
        trainer(whole).shards(3).fit(data(54), 2, 8);

        Checkpoints checkpoints = new Checkpoints(folder).everySteps(3);
        trainer(model(true)).shards(3).checkpoints(checkpoints).fit(data(54), 2, 8, stopAfter(9));
        Layer resumed = model(true);
        trainer(resumed).shards(3).resume(file(9)).fit(data(54), 2, 8);
        assertArrayEquals(weights(whole), weights(resumed));

        Trainer other = trainer(model(true)).resume(file(9));
        String message =
                assertThrows(UncheckedIOException.class, () -> other.fit(data(54), 2, 8))
                        .getMessage();
        assertTrue(message.contains("shards 3, this one has 1"), message);
    }

    private static TrainerCallback stopAfter(long steps) {
        return new TrainerCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
                if (progress.optimizer().steps() == steps) {
                    progress.stop();
                }
            }
        };
    }

    private Path file(int step) {
        return folder.resolve("step-%012d.safetensors".formatted(step));
    }

    @Test
    void whatCannotBeCutIsRefused() {
        assertRefused(trainer(model(true)).shards(2).accumulate(2), "accumulate is 2");
        assertRefused(trainer(model(true)).shards(8), "a batch of 8 cut into 8 has shards of 1");
        assertRefused(
                trainer(model(true)).shards(2).collective(LocalCollective.alone(4)),
                "2 shards, its collective 4");
        Trainer trainer = trainer(model(true));
        assertThrows(IllegalArgumentException.class, () -> trainer.shards(0));
    }

    private static void assertRefused(Trainer trainer, String reason) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> trainer.fit(data(SAMPLES), 1, 8))
                        .getMessage();
        assertTrue(message.contains(reason), message);
    }
}
