package io.github.lanewise.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.BCEWithLogitsLoss;
import io.github.lanewise.nn.loss.CosineEmbeddingLoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.Reduction;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Averages over what counts: ignored labels, class weights, sums, and steps of several batches. */
class WhatCountsTest {

    private static Linear zeros(int in, int out) {
        Linear layer = new Linear(in, out);
        layer.weight().initializer(Initializer.constant(0));
        layer.bias().initializer(Initializer.constant(0));
        return layer;
    }

    private static float moved(Loss loss, int batch, int accumulated, int... labels) {
        Linear model = zeros(1, 2);
        float before = model.weight().value().at(0, 0);
        Matrix x = Matrix.copyOf(new float[][] {{1}, {2}, {3}, {4}});
        Dataset data = Dataset.of(x, new Shape(1), Targets.labels(labels));
        new Trainer(model, loss, new SGD(1))
                .shuffle(false)
                .accumulate(accumulated)
                .fit(data, 1, batch);
        return Math.abs(model.weight().value().at(0, 0) - before);
    }

    @Test
    void accumulatedStepIsThatOfOneBatch() {
        SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
        assertEquals(0.75f, moved(plain, 4, 1, 0, -100, -100, 1));
        assertEquals(0.75f, moved(plain, 1, 4, 0, -100, -100, 1));
        assertEquals(1.25f, moved(plain.weight(1, 9), 4, 1, 0, 1, 0, 1), 1e-6f);
        assertEquals(1.25f, moved(plain.weight(1, 9), 1, 4, 0, 1, 0, 1), 1e-6f);
        assertEquals(1f, moved(plain.reduction(Reduction.SUM), 4, 1, 0, 1, 0, 1));
        assertEquals(1f, moved(plain.reduction(Reduction.SUM), 1, 4, 0, 1, 0, 1));
        assertEquals(0.25f, moved(plain.reduction(Reduction.BATCH_MEAN), 2, 2, 0, 1, 0, 1));
    }

    /** Samples weigh 1, 3, 0 and 4; the gradient of each is its input's half, towards its label. */
    private static float movedByWeights(Reduction reduction, int batch, int accumulated) {
        Linear model = zeros(1, 2);
        Targets labels = Targets.weighted(Targets.labels(0, 0, 1, 0), 1, 3, 0, 4);
        Matrix x = Matrix.copyOf(new float[][] {{1}, {2}, {Float.MAX_VALUE}, {4}});
        new Trainer(model, new SoftmaxCrossEntropy().reduction(reduction), new SGD(1))
                .shuffle(false)
                .accumulate(accumulated)
                .fit(Dataset.of(x, new Shape(1), labels), 1, batch);
        return model.weight().value().at(0, 0);
    }

    @Test
    void weightedStepIsDividedByWeightsOrByCount() {
        assertEquals(23 / 16f, movedByWeights(Reduction.MEAN, 4, 1), 1e-6f);
        assertEquals(23 / 16f, movedByWeights(Reduction.MEAN, 1, 4), 1e-6f);
        assertEquals(23 / 8f, movedByWeights(Reduction.COUNT_MEAN, 4, 1), 1e-6f);
        assertEquals(23 / 8f, movedByWeights(Reduction.COUNT_MEAN, 2, 2), 1e-6f);
        assertEquals(23 / 2f, movedByWeights(Reduction.SUM, 4, 1), 1e-6f);
    }

    @Test
    void evaluationWeighsLossesAccuracyAndMetrics() {
        Targets labels = Targets.weighted(Targets.labels(0, 1, 1, 0), 1, 3, 0, 4);
        Dataset data = Dataset.of(Matrix.zeros(4, 1), new Shape(1), labels);
        Linear model = zeros(1, 2);
        model.bias().initializer((value, random) -> value.data()[0] = (float) Math.log(3));
        Evaluation weighed =
                new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0))
                        .metrics(Metrics::logLoss, () -> Metrics.accuracy().named("share"))
                        .evaluate(data);
        double loss = (5 * Math.log(4 / 3.) + 3 * Math.log(4)) / 8;
        assertEquals(loss, weighed.loss(), 1e-6);
        assertEquals(loss, weighed.metric("log_loss"), 1e-6);
        assertEquals(5 / 8., weighed.accuracy());
        assertEquals(5 / 8., weighed.metric("share"));
    }

    @Test
    void batchOfIgnoredLabelsMovesNothing() {
        assertEquals(0f, moved(new SoftmaxCrossEntropy(), 4, 1, -100, -100, -100, -100));
        assertEquals(0f, moved(new SoftmaxCrossEntropy(), 1, 4, -100, -100, -100, -100));
    }

    private static Evaluation evaluate(Loss loss, int samples, int ignored) {
        int[] labels = new int[samples];
        Arrays.fill(labels, 0, ignored, -100);
        Dataset data = Dataset.of(Matrix.zeros(samples, 1), new Shape(1), Targets.labels(labels));
        return new Trainer(zeros(1, 2), loss, new SGD(0)).evaluate(data);
    }

    @Test
    void evaluationIsTheMeanOverWhatCounts() {
        Loss sum = new SoftmaxCrossEntropy().reduction(Reduction.SUM);
        assertEquals(Math.log(2), evaluate(sum, 512, 0).loss(), 1e-6);
        assertEquals(Math.log(2), evaluate(sum, 10, 0).loss(), 1e-6);
        Evaluation half = evaluate(new SoftmaxCrossEntropy(), 512, 256);
        assertEquals(Math.log(2), half.loss(), 1e-6);
        assertEquals(1, half.accuracy());
    }

    @Test
    void oneIgnoredBatchLeavesTheEpochsLoss() {
        Dataset data =
                Dataset.of(Matrix.zeros(4, 1), new Shape(1), Targets.labels(-100, -100, 0, 0));
        History history =
                new Trainer(zeros(1, 2), new SoftmaxCrossEntropy(), new SGD(0))
                        .shuffle(false)
                        .fit(data, 1, 2);
        assertEquals(Math.log(2), history.epochs().getFirst().loss(), 1e-6);
    }

    @Test
    void accuracyIsWhatTheLossMeans() {
        Matrix yes = Matrix.copyOf(new float[][] {{1, 0}, {0, 0}});
        Dataset binary = Dataset.of(Matrix.zeros(2, 1), new Shape(1), Targets.values(yes));
        Evaluation of =
                new Trainer(zeros(1, 2), new BCEWithLogitsLoss(), new SGD(0)).evaluate(binary);
        assertEquals(0.75, of.accuracy());
        Dataset pairs = Dataset.of(Matrix.zeros(2, 4), new Shape(2, 2), Targets.labels(1, -1));
        assertTrue(
                Double.isNaN(
                        new Trainer(new Identity(), new CosineEmbeddingLoss(), new SGD(0))
                                .evaluate(pairs)
                                .accuracy()));
    }

    @Test
    void wrongLabelIsNamedByItsSampleBeforeTheFirstStep() {
        Linear model = zeros(1, 2);
        int[] labels = new int[50];
        labels[37] = 2;
        Dataset data = Dataset.of(Matrix.zeros(50, 1), new Shape(1), Targets.labels(labels));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new Trainer(model, new SoftmaxCrossEntropy(), new SGD(1))
                                        .fit(data, 1, 4));
        assertEquals(
                "SoftmaxCrossEntropy: sample 37 has label 2; the model has 2 classes, so it must be"
                        + " from 0 to 1, or -100 to be ignored",
                e.getMessage());
    }

    private static Dataset four() {
        return Dataset.of(Matrix.zeros(4, 1), new Shape(1), Targets.labels(0, 1, 0, 1));
    }

    @Test
    void interruptedTrainingStopsAfterTheStep() {
        int[] batches = new int[1];
        Thread.currentThread().interrupt();
        try {
            new Trainer(zeros(1, 2), new SoftmaxCrossEntropy(), new SGD(0))
                    .fit(
                            four(),
                            1000,
                            1,
                            new TrainerCallback() {
                                @Override
                                public void onBatchEnd(Progress progress) {
                                    batches[0]++;
                                }
                            });
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(1, batches[0]);
    }

    @Test
    void secondThreadIsRefused() throws InterruptedException {
        Trainer trainer = new Trainer(zeros(1, 2), new SoftmaxCrossEntropy(), new SGD(0));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread first =
                new Thread(
                        () ->
                                trainer.fit(
                                        four(),
                                        1,
                                        4,
                                        new TrainerCallback() {
                                            @Override
                                            public void onBatchEnd(Progress progress) {
                                                trainer.evaluate(four());
                                                inside.countDown();
                                                await(refused);
                                            }
                                        }));
        first.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        first.start();
        await(inside);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> trainer.evaluate(four()));
        assertTrue(e.getMessage().contains("InferenceSession"), e.getMessage());
        refused.countDown();
        first.join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(null, failure.get());
        assertEquals(4, trainer.evaluate(four()).samples());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "the other thread hangs");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
