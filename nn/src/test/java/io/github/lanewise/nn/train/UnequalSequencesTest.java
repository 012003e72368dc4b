package io.github.lanewise.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.SequenceDataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Lambda;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Training on sequences of unequal length: padding never influences results. */
class UnequalSequencesTest {

    private static final int WORDS = 7;

    private final int[][] words = new int[150][];
    private final int[][] tags = new int[words.length][];
    private final int[] labels = new int[words.length];

    UnequalSequencesTest() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < words.length; i++) {
            words[i] = new int[random.nextInt(1, 25)];
            tags[i] = new int[words[i].length];
            for (int t = 0; t < words[i].length; t++) {
                words[i][t] = random.nextInt(1, WORDS);
                tags[i][t] = t == 0 ? 0 : words[i][t - 1] % 3;
            }
            labels[i] = words[i][words[i].length - 1] % 2;
        }
    }

    private SequenceDataset sentences() {
        return Dataset.ofSequences(words, Targets.labels(labels));
    }

    private SequenceDataset tagged() {
        return Dataset.ofSequences(words, Targets.steps(tags));
    }

    /** More rows than a block of sums of columns, and all that draws or adds up on the way. */
    private static Layer[] classifier(Reduce.Kind kind) {
        return new Layer[] {
            new Embedding(WORDS, 6),
            new Dropout(0.2f),
            new LSTM(6, 5).numLayers(2).bidirectional().dropout(0.3f),
            new LayerNorm(10),
            new TimeDistributed(new Sequential(new Linear(10, 8), new Dropout(0.1f), new ReLU())),
            new Linear(8, 4),
            new Reduce(kind, 0),
            new Linear(4, 2)
        };
    }

    private static Trainer trainer(Layer model) {
        return new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f)).seed(5);
    }

    private static float[] trained(Layer model, Dataset data) {
        trainer(model).fit(data, 2, 60);
        return Matrices.weights(model);
    }

    @ParameterizedTest
    @EnumSource(Reduce.Kind.class)
    void howFarSamplesArePaddedChangesNoBit(Reduce.Kind kind) {
        Sequential narrow = new Sequential(classifier(kind));
        Sequential wide = new Sequential(classifier(kind));
        assertArrayEquals(trained(narrow, sentences()), trained(wide, sentences().padTo(61)));
        Matrix expected = trainer(narrow).predict(sentences());
        Matrix found = trainer(wide).predict(sentences().padTo(40));
        assertArrayEquals(Matrices.values(expected), Matrices.values(found));
    }

    /** Counts how often it is bound. */
    private record Counting(Layer layer, AtomicInteger binds) implements Layer {

        @Override
        public Shape outputShape(Shape input) {
            return layer.outputShape(input);
        }

        @Override
        public Lengths outputLengths(Shape input, Lengths lengths) {
            return layer.outputLengths(input, lengths);
        }

        @Override
        public SequencedMap<String, Param> parameters() {
            return layer.parameters();
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            binds.incrementAndGet();
            return layer.bind(input, workspace);
        }
    }

    @Test
    void aModelIsBoundOnceForEachBucketAndSizeOfBatch() {
        SequenceDataset data = sentences().bucketed(4);
        assertEquals(4, data.buckets().size());
        Counting embedding = new Counting(new Embedding(WORDS, 3), new AtomicInteger());
        Sequential model = new Sequential(embedding, new GRU(3, 2).lastOutput());
        trainer(model).fit(data, 3, 16);
        assertTrue(embedding.binds.get() <= 8, embedding.binds::toString);
    }

    private static void copyWeights(Layer from, Layer to) {
        from.parameters()
                .forEach((path, p) -> Matrices.assign(to.parameters().get(path), p.value()));
    }

    @Test
    void aModelOfOneShapeTakesTheSameBatches() {
        Sequential perBucket = tagger();
        Sequential inside = tagger();
        Input input = new Input(24);
        Model ofOneShape = new Model(input, input.then(inside));
        copyWeights(perBucket, inside);
        SequenceDataset data = tagged().bucketed(3);
        History expected = trainer(perBucket).fit(data, 2, 16);
        History found = trainer(ofOneShape).fit(data, 2, 16);
        assertArrayEquals(Matrices.weights(perBucket), Matrices.weights(ofOneShape));
        assertEquals(
                expected.epochs().getLast().training().loss(),
                found.epochs().getLast().training().loss());
    }

    private static Sequential tagger() {
        return new Sequential(
                new Embedding(WORDS, 6), new GRU(6, 12).bidirectional(), new Linear(24, 3));
    }

    @Test
    void batchesOfBucketsAreShuffledBySeedAndHoldEverySampleOnce() {
        EpochPlan plan = new EpochPlan(sentences().bucketed(3), 16, false, null);
        plan.order(new RandomStream(1), true);
        int[] first = plan.order().clone();
        assertEquals(150, Arrays.stream(first).distinct().count());
        int at = 0;
        for (int i = 0; i < plan.batches(); i++) {
            assertEquals(i, plan.batchAt(at));
            for (int k = at; k < at + plan.count(i); k++) {
                assertEquals(plan.bucket(i), sentences().bucketed(3).bucket(first[k]));
            }
            at += plan.count(i);
        }
        assertEquals(150, at);
        plan.order(new RandomStream(1), true);
        assertArrayEquals(first, plan.order());
        plan.order(new RandomStream(2), true);
        assertTrue(!Arrays.equals(first, plan.order()));
    }

    @Test
    void whatIsLeftOutOfBucketsIsWhatFillsNoBatch() {
        SequenceDataset data = sentences().bucketed(3);
        EpochPlan plan = new EpochPlan(data, 16, true, null);
        assertEquals(plan.samples(), plan.batches() * 16);
        plan.order(null, false);
        assertEquals(150, Arrays.stream(plan.order()).distinct().count());
    }

    @Test
    void shardsAndAccumulationTakeLengthsAlong() {
        Sequential narrow = tagger();
        Sequential wide = tagger();
        trainer(narrow).shards(3).fit(tagged().bucketed(2), 1, 20);
        trainer(wide).shards(3).fit(tagged().padTo(50).bucketed(2), 1, 20);
        assertArrayEquals(Matrices.weights(narrow), Matrices.weights(wide));
        Sequential one = tagger();
        Sequential other = tagger();
        trainer(one).accumulate(3).fit(tagged(), 1, 10);
        trainer(other).accumulate(3).fit(tagged().padTo(50), 1, 10);
        assertArrayEquals(Matrices.weights(one), Matrices.weights(other));
    }

    @Test
    void onlyStepsThatAreThereCount() {
        Sequential model = tagger();
        Trainer trainer = trainer(model).metrics(() -> Metrics.f1(Average.MICRO));
        trainer.fit(tagged().bucketed(3), 12, 10);
        Evaluation evaluation = trainer.evaluate(tagged());
        assertTrue(evaluation.accuracy() > 0.99, evaluation::toString);
        assertEquals(evaluation.accuracy(), evaluation.metric("f1_micro"), 1e-12);
        double right = 0;
        double all = 0;
        Matrix logits = trainer.predict(tagged());
        for (int i = 0; i < words.length; i++) {
            for (int t = 0; t < 24; t++) {
                int best = 0;
                for (int c = 0; c < 3; c++) {
                    best = logits.at(i, t * 3 + c) > logits.at(i, t * 3 + best) ? c : best;
                    assertTrue(t < words[i].length || logits.at(i, t * 3 + c) == 0);
                }
                right += t < words[i].length && best == tags[i][t] ? 1 : 0;
                all += t < words[i].length ? 1 : 0;
            }
        }
        assertEquals(right / all, evaluation.accuracy(), 1e-12);
    }

    @Test
    void lossIsTheMeanOverStepsThatAreThere() {
        float[][][] series = {{{1, 2}}, {{3, 4}, {5, 6}, {7, 8}}};
        float[][][] next = {{{0}}, {{1}, {2}, {4}}};
        SequenceDataset data = Dataset.ofSequences(series, Targets.steps(next)).padTo(9);
        Linear model = new Linear(2, 1);
        Arrays.fill(model.weight().value().data(), 0);
        Arrays.fill(model.bias().value().data(), 1);
        Trainer trainer =
                new Trainer(model, new MSELoss(), new Adam()).metrics(Metrics::meanAbsoluteError);
        Evaluation evaluation = trainer.evaluate(data);
        assertEquals((1 + 0 + 1 + 9) / 4.0, evaluation.loss());
        assertEquals((1 + 0 + 1 + 3) / 4.0, evaluation.metric("mae"));
        Targets weighted = Targets.weighted(Targets.steps(next), 3, 1);
        Evaluation other = trainer.evaluate(Dataset.ofSequences(series, weighted));
        assertEquals((3 + 0 + 1 + 9) / 6.0, other.loss(), 1e-6);
    }

    @Test
    void mistakesAreNamed() {
        assertRefused(
                "sequences: sample 1 has length 0; it must have 1 step or more, leave it out",
                () -> Dataset.ofSequences(new int[][] {{1}, {}}, Targets.labels(0, 1)));
        assertRefused(
                "sequences: step 1 of sample 0 has 1 numbers, the first of all has 2; each must"
                        + " have as many, 1 or more",
                () -> Dataset.ofSequences(new float[][][] {{{1, 2}, {3}}}, Targets.labels(0)));
        assertRefused(
                "sequences: sample 0 has 3 numbers; they must be a multiple of 2, the numbers of a"
                        + " step",
                () -> Dataset.ofSequences(List.of(new float[3]), 2, Targets.labels(0)));
        assertRefused(
                "padTo: 5 steps, the longest sample has 24; cut it, or pad to more",
                () -> sentences().padTo(5));
        assertRefused(
                "sequences: sample 0 has 1 steps, its targets more; give as many",
                () ->
                        Dataset.ofSequences(
                                new int[][] {{1}, {1, 2}},
                                Targets.steps(new int[][] {{1, 1}, {0, 1}})));
        assertRefused(
                "Dataset: 1 targets for 2 samples; give one for each",
                () -> Dataset.ofSequences(new int[][] {{1}, {1, 2}}, Targets.labels(1)));
        assertRefused(
                "bucketed: 0 buckets; there must be 1 or more", () -> sentences().bucketed(0));
    }

    @Test
    void layersThatWouldTakePaddingInAreRefusedBeforeTraining() {
        Sequential flat = new Sequential(new Embedding(WORDS, 2), new Flatten(), new Linear(48, 2));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> trainer(flat).fit(sentences(), 1, 10))
                        .getMessage();
        assertTrue(message.startsWith("Sequential[1] Flatten(): inputs are sequences"), message);
        Sequential batchNorm =
                new Sequential(
                        new Embedding(WORDS, 2),
                        new TimeDistributed(new BatchNorm1d(2)),
                        new GRU(2, 2).lastOutput());
        String other =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> trainer(batchNorm).fit(sentences(), 1, 10))
                        .getMessage();
        assertTrue(other.contains("BatchNorm1d"), other);
    }

    @Test
    void aRunThatIsCutShortBetweenBucketsGoesOnWithTheSameBits(@TempDir Path folder)
            throws IOException {
        SequenceDataset data = tagged().bucketed(3);
        Sequential whole = tagger();
        trainer(whole).fit(data, 2, 16);
        Sequential cut = tagger();
        TrainerCallback stopInTheFirstEpoch =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        if (progress.samples() > 70) {
                            progress.stop();
                        }
                    }
                };
        trainer(cut)
                .checkpoints(new Checkpoints(folder).everySteps(1))
                .fit(data, 2, 16, stopInTheFirstEpoch);
        Sequential resumed = tagger();
        trainer(resumed).resume(new Checkpoints(folder).latest().orElseThrow()).fit(data, 2, 16);
        assertArrayEquals(Matrices.weights(whole), Matrices.weights(resumed));
    }

    @Test
    void aBucketOfSingleStepsIsLikeAnyOther() {
        int[][] some = new int[40][];
        float[][] series = new float[some.length][];
        float[][][] next = new float[some.length][][];
        for (int i = 0; i < some.length; i++) {
            some[i] = new int[i % 3 == 0 ? 4 : 1];
            series[i] = new float[some[i].length];
            next[i] = new float[some[i].length][1];
        }
        Layer network = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
        Layer[] layers = {new Embedding(2, 3), new Dropout(0.1f), new TimeDistributed(network)};
        SequenceDataset data = Dataset.ofSequences(some, Targets.steps(some)).bucketed(2);
        assertEquals(new Shape(1), data.buckets().getFirst().shape());
        trained(new Sequential(layers), data);
        Trainer trainer = new Trainer(new GRU(1, 1), new MSELoss(), new Adam());
        Evaluation of =
                trainer.fit(Dataset.ofSequences(series, Targets.steps(next)).bucketed(2), 1, 8)
                        .epochs()
                        .getLast()
                        .training();
        assertEquals(40, of.samples());
    }

    @Test
    void aFunctionOfSingleStepsSaysSo() {
        Lambda.Function half =
                (x, y) -> {
                    for (int i = 0; i < y.size(); i++) {
                        y.data()[i] = x.at(i / x.cols(), i % x.cols()) / 2;
                    }
                };
        Lambda.Gradient gradient = (x, y, dy, dx) -> half.apply(dy, dx);
        Embedding embedding = new Embedding(WORDS, 4);
        Layer[] layers = {embedding, new Lambda("Half", half, gradient), new TiedLinear(embedding)};
        assertThrows(
                IllegalArgumentException.class, () -> trained(new Sequential(layers), tagged()));
        layers[1] = new Lambda("Half", half, gradient).stepwise();
        float[] narrow = trained(new Sequential(layers), tagged());
        assertTrue(Float.isFinite(narrow[0]));
    }

    @Test
    void partsOfADatasetKeepTheirLengthsAndBuckets() {
        Dataset half = tagged().bucketed(3).range(0, 75);
        assertEquals(3, half.buckets().size());
        Sequential model = tagger();
        trainer(model).validationSplit(0.2).fit(half, 1, 10);
        assertEquals(new Shape(24), half.shape());
        Sequential last = new Sequential(new Embedding(WORDS, 4), new GRU(4, 2).lastOutput());
        trainer(last).fit(sentences().subset(3, 1, 4, 1, 5), 1, 2);
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
