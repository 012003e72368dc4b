package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

class AccumulationTest {

    private static float[] trained(int samples, int batch, int accumulated) {
        Sequential model = Ellipses.network();
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f))
                .accumulate(accumulated)
                .fit(new Ellipses(samples, 1).dataset(), 3, batch);
        return weights(model);
    }

    /** 100 samples: whole batches, a smaller last one, and a last step of fewer batches. */
    @ParameterizedTest
    @CsvSource({"96, 16, 3", "100, 25, 4", "100, 30, 4", "100, 8, 5", "100, 40, 2", "100, 1, 100"})
    void severalBatchesMakeTheStepOfOne(int samples, int batch, int accumulated) {
        float[] whole = trained(samples, batch * accumulated, 1);
        assertArrayEquals(whole, trained(samples, batch, accumulated), 2e-6f);
    }

    @Test
    void oneBatchForEachStepIsTheUsualTraining() {
        Sequential model = Ellipses.network();
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f))
                .fit(new Ellipses(100, 1).dataset(), 3, 16);
        assertArrayEquals(weights(model), trained(100, 16, 1));
    }

    @Test
    void stepsAreTakenAfterTheLastBatchOfEachGroupAndOfTheEpoch() {
        SGD sgd = new SGD(0.1f);
        List<Long> steps = new ArrayList<>();
        TrainerCallback counter =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        steps.add(sgd.steps());
                    }
                };
        new Trainer(Ellipses.network(), new SoftmaxCrossEntropy(), sgd)
                .accumulate(3)
                .fit(new Ellipses(50, 1).dataset(), 1, 10, counter);
        assertEquals(List.of(0L, 0L, 1L, 1L, 2L), steps);
    }

    @Test
    void batchesBelowOneAreRefused() {
        Trainer trainer = new Trainer(Ellipses.network(), new SoftmaxCrossEntropy(), new SGD(1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> trainer.accumulate(0));
        assertEquals("accumulate: batches is 0; it must be 1 or more", e.getMessage());
    }
}
