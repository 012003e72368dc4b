package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.SequenceDataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Tells rising from falling series of 5 to 40 steps by a GRU, of the one it is given as well. */
class SeriesClassifierTest {

    private static float[][] series(SplittableRandom random, int label) {
        float[][] series = new float[random.nextInt(5, 41)][1];
        float slope = label == 1 ? 0.1f : -0.1f;
        for (int t = 0; t < series.length; t++) {
            series[t][0] = slope * t + (float) random.nextGaussian() / 4;
        }
        return series;
    }

    private static SequenceDataset data(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][][] all = new float[count][][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            all[i] = series(random, labels[i]);
        }
        return Dataset.ofSequences(all, Targets.labels(labels));
    }

    private static Evaluation program(float[] rising) {
        Sequential model = new Sequential(new GRU(1, 16).lastOutput(), new Linear(16, 2));
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f));
        trainer.fit(data(300, 1).bucketed(4), 8, 20);
        InferenceSession session = InferenceSession.of(model, new Shape(40, 1), 1);
        float[] scores = session.predictSequence(rising);
        assertTrue(scores[1] > scores[0]);
        return trainer.evaluate(data(100, 2));
    }

    @Test
    void seriesOfAnyLengthAreTold() {
        Evaluation unseen = program(new float[] {0, 0.1f, 0.3f, 0.2f, 0.5f, 0.6f, 0.6f});
        assertTrue(unseen.accuracy() > 0.93, unseen::toString);
    }
}
