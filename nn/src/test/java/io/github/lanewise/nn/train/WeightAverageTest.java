package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.callback.EarlyStopping;
import io.github.lanewise.nn.callback.ModelCheckpoint;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class WeightAverageTest {

    private final Linear layer = new Linear(1, 1).withoutBias();

    private void set(float weight) {
        layer.weight().value().data()[0] = weight;
    }

    private float weight() {
        return layer.weight().value().at(0, 0);
    }

    @Test
    void movingAverageStartsFromTheFirstWeights() {
        WeightAverage average = WeightAverage.exponential(layer, 0.75f);
        set(8);
        average.update();
        assertEquals(8, average.use(this::weight));
        set(4);
        average.update();
        assertEquals(7, average.use(this::weight));
        assertEquals(4, weight());
    }

    @Test
    void usedWithinAUseTheWeightsComeBack() {
        WeightAverage average = WeightAverage.exponential(layer, 0.75f);
        set(8);
        average.update();
        set(4);
        average.update();
        assertEquals(14, average.use(() -> average.use(this::weight) + weight()));
        assertEquals(4, weight());
        assertEquals(7, average.use(this::weight));
    }

    @Test
    void equalAverageIsTheMean() {
        WeightAverage average = WeightAverage.equal(layer);
        for (float weight : new float[] {1, 2, 6}) {
            set(weight);
            average.update();
        }
        assertEquals(3, average.updates());
        assertEquals(3, average.use(this::weight), 1e-6);
        average.apply();
        assertEquals(3, weight(), 1e-6);
    }

    @Test
    void weightsComeBackAfterAFailure() {
        WeightAverage average = WeightAverage.equal(layer);
        set(1);
        average.update();
        set(2);
        assertThrows(
                IllegalStateException.class,
                () ->
                        average.use(
                                () -> {
                                    throw new IllegalStateException();
                                }));
        assertEquals(2, weight());
    }

    @Test
    void averageOfNothingIsTheModelItself() {
        WeightAverage average = WeightAverage.equal(layer);
        set(5);
        assertEquals(5, average.use(this::weight));
        average.apply();
        assertEquals(5, weight());
    }

    @Test
    void optimizerUpdatesTheAverageAfterEachStep() {
        Sequential model = Ellipses.network();
        WeightAverage average = WeightAverage.equal(model);
        List<float[]> seen = new ArrayList<>();
        TrainerCallback recorder =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        seen.add(weights(model));
                    }
                };
        Optimizer sgd = new SGD(0.1f).with(average);
        new Trainer(model, new SoftmaxCrossEntropy(), sgd)
                .fit(new Ellipses(64, 1).dataset(), 1, 16, recorder);
        float[] mean = new float[seen.getFirst().length];
        for (float[] weights : seen) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weights[i] / seen.size();
            }
        }
        assertArrayEquals(mean, average.use(() -> weights(model)), 1e-6f);
    }

    @Test
    void epochsBeforeTheFirstDoNotCount() {
        Sequential model = Ellipses.network();
        WeightAverage average = WeightAverage.equal(model);
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f))
                .fit(new Ellipses(32, 1).dataset(), 5, 16, average.perEpoch(4));
        assertEquals(2, average.updates());
    }

    @Test
    void validationMayBeMeasuredWithTheAverage() {
        Sequential model = Ellipses.network();
        Dataset test = new Ellipses(100, 2).dataset();
        WeightAverage average = WeightAverage.exponential(model, 0.9f);
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).with(average))
                        .validation(test)
                        .validationWith(average);
        History history = trainer.fit(new Ellipses(200, 1).dataset(), 2, 16);
        Evaluation last = history.epochs().getLast().validation().orElseThrow();
        assertEquals(average.use(() -> trainer.evaluate(test)), last);
        assertNotEquals(trainer.evaluate(test).loss(), last.loss());
    }

    /** What is best by the average is the average, not the weights that it was taken of. */
    @Test
    void theBestByTheAverageIsTheAverage(@TempDir Path folder) throws IOException {
        Sequential model = Ellipses.network();
        Dataset test = new Ellipses(100, 2).dataset();
        WeightAverage average = WeightAverage.exponential(model, 0.9f);
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.5f).with(average))
                        .validation(test)
                        .validationWith(average);
        EarlyStopping stopping = new EarlyStopping().patience(100);
        Path file = folder.resolve("best.safetensors");
        ModelCheckpoint best = new ModelCheckpoint(file).saveBestOnly();
        trainer.fit(new Ellipses(200, 1).dataset(), 5, 16, best, stopping);
        assertEquals(stopping.best(), trainer.evaluate(test).loss());
        Trainer loaded = new Trainer(ModelFile.load(file), new SoftmaxCrossEntropy(), new SGD(0));
        assertEquals(stopping.best(), loaded.evaluate(test).loss());
    }

    @Test
    void averagesOfEqualWeightsAreTheWeight() {
        for (WeightAverage average :
                List.of(
                        WeightAverage.equal(layer),
                        WeightAverage.exponential(layer, 0.9999f),
                        WeightAverage.exponential(layer, 0))) {
            set(0.1f);
            for (int i = 0; i < 100_000; i++) {
                average.update();
            }
            assertEquals(0.1f, average.use(this::weight));
        }
    }

    @Test
    void withoutMemoryAnInfiniteWeightIsForgotten() {
        WeightAverage average = WeightAverage.exponential(layer, 0);
        set(Float.POSITIVE_INFINITY);
        average.update();
        set(3);
        average.update();
        assertEquals(3, average.use(this::weight));
    }

    private static Sequential normalized() {
        return new Sequential(
                new Linear(2, 4),
                new BatchNorm1d(4),
                new ReLU(),
                new Dropout(0.3f),
                new Linear(4, 2));
    }

    /** Against the mean over batches of 16, in double. */
    @Test
    void runningStatisticsAreComputedAnewForTheAverage() {
        Sequential model = normalized();
        Dataset data = new Ellipses(70, 1).dataset();
        WeightAverage average = WeightAverage.equal(model).recomputing(data, 16);
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).with(average)).fit(data, 3, 16);
        float[] before = states(model);
        float[] inUse = average.use(() -> states(model));
        assertArrayEquals(before, states(model));
        average.apply();
        assertArrayEquals(inUse, states(model));
        Matrix hidden =
                new Trainer(model.children().get("0"), new SoftmaxCrossEntropy(), new SGD(0))
                        .predict(data);
        for (int c = 0; c < 4; c++) {
            double meanOfMeans = 0;
            double meanOfVariances = 0;
            for (int b = 0; b < 4; b++) {
                double sum = 0;
                double squares = 0;
                for (int i = 16 * b; i < 16 * b + 16; i++) {
                    sum += hidden.at(i, c);
                    squares += (double) hidden.at(i, c) * hidden.at(i, c);
                }
                meanOfMeans += sum / 16 / 4;
                meanOfVariances += (squares - sum * sum / 16) / 15 / 4;
            }
            assertEquals(meanOfMeans, inUse[c], 1e-5);
            assertEquals(meanOfVariances, inUse[4 + c], 1e-5);
        }
    }

    @Test
    void recomputingChangesNothingElseInTraining() {
        Dataset data = new Ellipses(70, 1).dataset();
        float[][] results = new float[2][];
        for (int i = 0; i < 2; i++) {
            Sequential model = normalized();
            WeightAverage average = WeightAverage.exponential(model, 0.9f);
            if (i == 1) {
                average.recomputing(data, 16);
            }
            new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).with(average))
                    .validation(data)
                    .validationWith(average)
                    .fit(data, 3, 16);
            results[i] = weights(model);
        }
        assertArrayEquals(results[0], results[1]);
    }

    @Test
    void statisticsNeedAFullBatch() {
        WeightAverage average = WeightAverage.equal(layer);
        Dataset data = new Ellipses(10, 1).dataset();
        assertThrows(IllegalArgumentException.class, () -> average.recomputing(data, 11));
        assertThrows(IllegalArgumentException.class, () -> average.recomputing(data, 0));
    }

    private static float[] states(Layer model) {
        float[] mean = model.states().get("1.running_mean").value().data();
        float[] variance = model.states().get("1.running_var").value().data();
        float[] both = Arrays.copyOf(mean, 8);
        System.arraycopy(variance, 0, both, 4, 4);
        return both;
    }
}
