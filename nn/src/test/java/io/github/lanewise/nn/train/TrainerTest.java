package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.loss.InfoNCELoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.NTXentLoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class TrainerTest {

    private final Dataset data = new Ellipses(100, 1).dataset();

    private static Trainer trainer(Layer model) {
        return new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.05f).momentum(0.9f));
    }

    @Test
    void equalRunsEndInEqualBits() {
        Sequential first = Ellipses.network();
        Sequential second = Ellipses.network();
        History one = trainer(first).fit(data, 3, 16);
        History two = trainer(second).fit(data, 3, 16);
        assertArrayEquals(weights(first), weights(second));
        assertEquals(one.epochs().getLast().loss(), two.epochs().getLast().loss());
    }

    @Test
    void seedChangesTheOrderOfTheSamples() {
        Sequential first = Ellipses.network();
        Sequential second = Ellipses.network();
        trainer(first).fit(data, 1, 16);
        trainer(second).seed(1).fit(data, 1, 16);
        assertFalse(Arrays.equals(weights(first), weights(second)));
    }

    @Test
    void shufflingDoesNotDependOnTheModel() {
        assertArrayEquals(
                seen(new Sequential(new Linear(1, 2)), 2),
                seen(new Sequential(new Linear(1, 7), new ReLU(), new Linear(7, 2)), 2));
    }

    @Test
    void everyEpochSeesEachSampleOnceInAnOrderOfItsOwn() {
        int[] seen = seen(new Sequential(new Linear(1, 2)), 2);
        int[] first = Arrays.copyOfRange(seen, 0, 10);
        int[] second = Arrays.copyOfRange(seen, 10, 20);
        assertFalse(Arrays.equals(first, second));
        Arrays.sort(first);
        Arrays.sort(second);
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertArrayEquals(all, first);
        assertArrayEquals(all, second);
    }

    /** Returns the sample numbers in the order in which they are gathered, ten for each epoch. */
    private static int[] seen(Layer model, int epochs) {
        List<Integer> seen = new ArrayList<>();
        Dataset ten = Dataset.of(new float[10][1], new int[10]);
        Dataset recording =
                new Dataset() {
                    @Override
                    public int size() {
                        return ten.size();
                    }

                    @Override
                    public Shape shape() {
                        return ten.shape();
                    }

                    @Override
                    public Targets targetBuffer(int batch) {
                        return ten.targetBuffer(batch);
                    }

                    @Override
                    public void gather(int[] rows, Matrix inputs, Targets targets) {
                        Arrays.stream(rows, 0, inputs.rows()).forEach(seen::add);
                        ten.gather(rows, inputs, targets);
                    }
                };
        trainer(model).fit(recording, epochs, 4);
        return seen.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void twoCallsOfOneEpochDoWhatOneCallOfTwoDoes() {
        Sequential once = Ellipses.network();
        trainer(once).fit(data, 2, 16);
        Sequential twice = Ellipses.network();
        Trainer trainer = trainer(twice);
        trainer.fit(data, 1, 16);
        trainer.fit(data, 1, 16);
        assertArrayEquals(weights(once), weights(twice));
    }

    @Test
    void lastPartialBatchIsIncluded() {
        List<String> steps = new ArrayList<>();
        TrainerCallback recorder =
                new TrainerCallback() {
                    @Override
                    public void onEpochBegin(Progress p) {
                        steps.add("begin %d/%d".formatted(p.epoch(), p.epochs()));
                        assertTrue(Double.isNaN(p.loss()));
                    }

                    @Override
                    public void onBatchEnd(Progress p) {
                        steps.add(
                                "%d/%d %d/%d"
                                        .formatted(p.batch(), p.batches(), p.samples(), p.size()));
                        assertTrue(p.accuracy() >= 0 && p.accuracy() <= 1);
                    }

                    @Override
                    public void onEpochEnd(Progress p) {
                        steps.add("end");
                    }
                };
        trainer(Ellipses.network()).fit(data, 1, 48, recorder);
        assertEquals(List.of("begin 1/1", "1/3 48/100", "2/3 96/100", "3/3 100/100", "end"), steps);
    }

    @Test
    void batchLargerThanTheDatasetIsOneStep() {
        History history = trainer(Ellipses.network()).fit(data, 1, 1000);
        assertEquals(100, history.epochs().getFirst().samples());
    }

    @Test
    void callbackStopsTraining() {
        TrainerCallback stopper =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress p) {
                        if (p.epoch() == 2 && p.batch() == 1) {
                            p.stop();
                        }
                    }
                };
        History history = trainer(Ellipses.network()).fit(data, 5, 32, stopper);
        assertEquals(2, history.epochs().size());
        assertEquals(32, history.epochs().getLast().samples());
    }

    @Test
    void validationIsMeasuredAfterEachEpochAndChangesNothing() {
        Sequential without = Ellipses.network();
        trainer(without).fit(data, 2, 32);
        Sequential with = Ellipses.network();
        Trainer trainer = trainer(with).validation(new Ellipses(300, 2).dataset());
        History history = trainer.fit(data, 2, 32);
        assertArrayEquals(weights(without), weights(with));
        assertEquals(300, history.epochs().getFirst().validation().orElseThrow().samples());
        assertEquals(
                trainer.evaluate(new Ellipses(300, 2).dataset()),
                history.epochs().getLast().validation().orElseThrow());
    }

    @Test
    void evaluationAndPredictionAgree() {
        Dataset test = new Ellipses(700, 3).dataset();
        Trainer trainer = trainer(Ellipses.network());
        trainer.fit(data, 20, 16);
        Evaluation evaluation = trainer.evaluate(test);
        int[] classes = ArgMax.of(trainer.predict(test));
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += classes[i] == i % 2 ? 1 : 0;
        }
        assertEquals(700, evaluation.samples());
        assertEquals(right / 700.0, evaluation.accuracy());
        assertTrue(evaluation.accuracy() > 0.95, evaluation::toString);
    }

    @Test
    void predictionsDoNotDependOnTheBatchAroundThem() {
        Trainer trainer = trainer(Ellipses.network());
        float[][] points = new Ellipses(300, 4).points();
        float[][] together = trainer.predict(points);
        assertArrayEquals(together[299], trainer.predict(new float[][] {points[299]})[0]);
        Matrix asMatrix = trainer.predict(Matrix.copyOf(points), new Shape(2));
        assertEquals(together[123][1], asMatrix.at(123, 1));
    }

    @Test
    void imagesOfBytesAreLearntThroughFlatten() {
        byte[] pixels = new byte[40 * 9];
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 3;
            Arrays.fill(pixels, i * 9 + 3 * labels[i], i * 9 + 3 * labels[i] + 3, (byte) 255);
        }
        Dataset images =
                Dataset.ofBytes(
                        pixels, new Shape(1, 3, 3), Targets.labels(labels), 1 / 255f, -0.3f);
        Trainer trainer = trainer(new Sequential(new Flatten(), new Linear(9, 3)));
        trainer.fit(images, 30, 16);
        assertEquals(1, trainer.evaluate(images).accuracy());
    }

    @Test
    void modelThatDoesNotFitTheDataIsRefusedBeforeTheFirstStep() {
        Trainer trainer = trainer(new Sequential(new Linear(3, 2)));
        assertRefused(
                "Sequential[0] Linear(3 -> 2): input has 2 features, the layer takes 3",
                () -> trainer.fit(data, 1, 16));
    }

    @ParameterizedTest
    @MethodSource("contrastive")
    void aLossThatComparesSamplesTrains(Loss loss) {
        Matrix points = Matrix.copyOf(new Ellipses(64, 1).points());
        Dataset views = Dataset.of(points, new Shape(2), Targets.none(64));
        Sequential model = new Sequential(new Linear(2, 8), new Reshape(2, 4));
        List<History.Epoch> epochs =
                new Trainer(model, loss, new SGD(0.1f)).fit(views, 5, 16).epochs();
        assertTrue(epochs.getLast().loss() < epochs.getFirst().loss());
    }

    private static Loss[] contrastive() {
        return new Loss[] {new NTXentLoss(), new InfoNCELoss()};
    }

    @Test
    void numbersBelowOneAreRefused() {
        Trainer trainer = trainer(Ellipses.network());
        assertRefused("fit: epochs is 0; it must be 1 or more", () -> trainer.fit(data, 0, 16));
        assertRefused(
                "fit: batch size is -1; it must be 1 or more", () -> trainer.fit(data, 1, -1));
    }

    @Test
    void emptyDatasetIsRefused() {
        Dataset empty = Dataset.of(Matrix.zeros(0, 2), new Shape(2), Targets.labels());
        assertRefused(
                "evaluate: the dataset is empty; give at least one sample",
                () -> trainer(Ellipses.network()).evaluate(empty));
    }

    @Test
    void nullIsNamed() {
        NullPointerException e =
                assertThrows(
                        NullPointerException.class,
                        () -> new Trainer(null, new SoftmaxCrossEntropy(), new SGD(1)));
        assertEquals("model", e.getMessage());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
