package io.github.lanewise.nn.callback;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;

import java.util.List;

/** One object over several models and calls. */
class EarlyStoppingTest {

    private static final Dataset EASY =
            Dataset.of(new float[][] {{1}, {2}}, new float[][] {{1}, {2}});
    private static final Dataset HARD =
            Dataset.of(new float[][] {{1}, {1}}, new float[][] {{100}, {100}});

    private final EarlyStopping stopping = new EarlyStopping().monitor("loss").patience(1);

    private Linear fit(Dataset data, TrainerCallback... callbacks) {
        Linear model = new Linear(1, 1);
        new Trainer(model, new MSELoss(), new SGD(0.01f)).fit(data, 4, 2, callbacks);
        return model;
    }

    @Test
    void aModelDoesNotGetTheBestWeightsOfAnother() {
        fit(EASY, stopping);
        float[][] last = new float[1][];
        Linear second =
                fit(
                        HARD,
                        new TrainerCallback() {
                            @Override
                            public void onEpochEnd(Progress progress) {
                                if (progress.epoch() == 4) {
                                    last[0] = weights(progress.model());
                                }
                            }
                        },
                        stopping);
        assertEquals(4, stopping.bestEpoch(), "its loss falls in each epoch");
        assertArrayEquals(last[0], weights(second));
    }

    @Test
    void theNextModelMayBeOfAnotherSize() {
        fit(EASY, stopping);
        for (Layer next :
                List.of(
                        new Sequential(new Linear(1, 3), new Linear(3, 1)),
                        new Linear(1, 1).withoutBias())) {
            Trainer trainer = new Trainer(next, new MSELoss(), new SGD(0.001f));
            trainer.fit(EASY, 3, 2, stopping);
            assertEquals(3, stopping.bestEpoch(), "its loss falls in each epoch");
        }
    }

    @Test
    void theSameModelIsWatchedOn() {
        Linear model = new Linear(1, 1);
        Trainer trainer = new Trainer(model, new MSELoss(), new SGD(0.01f));
        trainer.fit(EASY, 3, 2, stopping);
        double best = stopping.best();
        trainer.fit(HARD, 3, 2, stopping);
        assertEquals(best, stopping.best());
    }
}
