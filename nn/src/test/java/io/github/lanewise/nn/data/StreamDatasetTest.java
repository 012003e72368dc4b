package io.github.lanewise.nn.data;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Training on streams: in their order, begun anew at their end, gone on from a checkpoint. */
@Timeout(60)
class StreamDatasetTest {

    @TempDir private Path folder;

    /** Samples 0, 1, 2, ... to 24, and then the end. */
    private static Iterator<Sample> stream(AtomicInteger opened) {
        opened.incrementAndGet();
        return IntStream.range(0, 25)
                .mapToObj(i -> new Sample(new float[] {i / 25f}, new float[] {i}))
                .iterator();
    }

    private static float[] ofStream(Trainer trainer, Linear model) {
        AtomicInteger opened = new AtomicInteger();
        trainer.fit(Dataset.stream(new Shape(1), 20, () -> stream(opened)), 3, 8);
        return weights(model);
    }

    /** Three epochs of 20 from a stream of 25: what comes after its end is its beginning. */
    @Test
    void aStreamTrainsInItsOrderAndBeginsAnew() {
        Linear expected = new Linear(1, 1);
        Trainer byHand = new Trainer(expected, new MSELoss(), new SGD(0.01f)).shuffle(false);
        for (int epoch = 0; epoch < 3; epoch++) {
            float[][] x = new float[20][1];
            float[][] y = new float[20][1];
            for (int i = 0; i < 20; i++) {
                y[i][0] = (epoch * 20 + i) % 25;
                x[i][0] = y[i][0] / 25;
            }
            byHand.fit(Dataset.of(x, y), 1, 8);
        }
        Linear model = new Linear(1, 1);
        assertArrayEquals(
                weights(expected),
                ofStream(new Trainer(model, new MSELoss(), new SGD(0.01f)), model));
        Linear ahead = new Linear(1, 1);
        assertArrayEquals(
                weights(expected),
                ofStream(new Trainer(ahead, new MSELoss(), new SGD(0.01f)).prefetch(2), ahead));
        Linear shards = new Linear(1, 1);
        Linear shardsAhead = new Linear(1, 1);
        assertArrayEquals(
                ofStream(new Trainer(shards, new MSELoss(), new SGD(0.01f)).shards(2), shards),
                ofStream(
                        new Trainer(shardsAhead, new MSELoss(), new SGD(0.01f))
                                .shards(2)
                                .prefetch(3),
                        shardsAhead));
    }

    @Test
    void aRunOnAStreamGoesOnFromACheckpoint() {
        Linear whole = new Linear(1, 1);
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(1).keep(100);
        float[] expected =
                ofStream(
                        new Trainer(whole, new MSELoss(), new SGD(0.01f)).checkpoints(checkpoints),
                        whole);
        for (int step : new int[] {2, 3, 7}) {
            Linear model = new Linear(1, 1);
            Trainer trainer = new Trainer(model, new MSELoss(), new SGD(0.01f));
            trainer.prefetch(step % 2);
            trainer.resume(folder.resolve("step-%012d.safetensors".formatted(step)));
            assertArrayEquals(expected, ofStream(trainer, model));
        }
    }

    /** A feed that cannot begin anew is asked for each sample once. */
    @Test
    void aLiveFeedLosesNoSample() {
        Iterator<Sample> live =
                IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> new Sample(new float[] {i}, i % 2))
                        .iterator();
        AtomicInteger opened = new AtomicInteger();
        Dataset feed =
                Dataset.stream(
                        new Shape(1),
                        10,
                        () -> {
                            opened.incrementAndGet();
                            return live;
                        });
        Batch batch = new Batch(feed, 5);
        for (int i = 0; i < 6; i++) {
            batch.load(IntStream.range(0, 10).toArray(), i % 2 * 5, i / 2);
            assertEquals(5 * i, batch.inputs().at(0, 0));
            assertEquals(5 * i + 4, batch.inputs().at(4, 0));
        }
        assertEquals(1, opened.get());
    }

    @Test
    void whatAStreamCannotDoIsRefused() {
        AtomicInteger opened = new AtomicInteger();
        Dataset data = Dataset.stream(new Shape(1), 20, () -> stream(opened));
        assertThrows(IllegalArgumentException.class, () -> data.subset(1, 2));
        assertThrows(IllegalArgumentException.class, () -> Dataset.concat(data, data));
        assertThrows(
                IllegalArgumentException.class,
                () -> Dataset.stream(new Shape(2), 20, () -> stream(opened)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Dataset.stream(new Shape(1), 0, () -> stream(opened)));
        Trainer sampled = new Trainer(new Linear(1, 1), new MSELoss(), new SGD(0.01f));
        sampled.sampler(Sampler.blocks(2, 2));
        assertThrows(IllegalArgumentException.class, () -> sampled.fit(data, 1, 5));
        assertThrows(
                IllegalArgumentException.class,
                () -> Dataset.stream(new Shape(1), 5, () -> Collections.emptyIterator()));
    }

    /** One iterator serves once; samples of one stream are alike. */
    @Test
    void streamsThatCannotGoOnAreExplained() {
        Sample label = new Sample(new float[] {1}, 0);
        Iterator<Sample> once = List.of(label, label).iterator();
        assertRefused(
                "stream: opened again it has no samples; the source must open it at its beginning"
                        + " each time, and not hand out the same iterator",
                Dataset.stream(new Shape(1), 4, () -> once));
        assertRefused(
                "stream: targets of sample 0 are 1 labels each, of sample 1 1 numbers each; they"
                        + " must be alike",
                Dataset.stream(
                        new Shape(1),
                        4,
                        () ->
                                List.of(label, new Sample(new float[] {1}, new float[1]))
                                        .iterator()));
    }

    private static void assertRefused(String message, Dataset stream) {
        Trainer trainer = new Trainer(new Linear(1, 2), new SoftmaxCrossEntropy(), new SGD(0.1f));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> trainer.fit(stream, 1, 2));
        assertEquals(message, e.getMessage());
    }

    @Test
    void aStreamHasNoEndToHoldBack() {
        Sample label = new Sample(new float[] {1}, 0);
        Dataset stream = Dataset.stream(new Shape(1), 4, () -> List.of(label).iterator());
        Trainer trainer = new Trainer(new Linear(1, 2), new SoftmaxCrossEntropy(), new SGD(0.1f));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> trainer.validationSplit(0.5).fit(stream, 1, 2));
        assertTrue(e.getMessage().startsWith("validationSplit: the dataset is a stream"));
    }
}
