package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/**
 * Tags each word of sentences of unequal length; what fills a sentence up has the label -100, which
 * the loss, the accuracy and the metric do not count.
 */
class TaggerTest {

    private static final int STEPS = 10;
    private static final int WORDS = 6;

    /** A word's tag is 1 if the word before it was of the upper half, else 0. */
    private static Dataset sentences(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix words = Matrix.zeros(count, STEPS);
        int[][] tags = new int[count][STEPS];
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(3, STEPS + 1);
            for (int t = 0; t < STEPS; t++) {
                int before = t == 0 ? 0 : (int) words.at(i, t - 1);
                words.data()[i * STEPS + t] = t < length ? random.nextInt(1, WORDS) : 0;
                tags[i][t] = t < length ? before > WORDS / 2 ? 1 : 0 : -100;
            }
        }
        return Dataset.of(words, new Shape(STEPS), Targets.labels(tags));
    }

    private static Evaluation program() {
        Sequential model =
                new Sequential(
                        new Embedding(WORDS, 8),
                        new LSTM(8, 16),
                        new TimeDistributed(new Linear(16, 2)));
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy().ignoreIndex(-100), new Adam(0.01f))
                        .metrics(() -> Metrics.f1(Average.MACRO).ignoreIndex(-100));
        trainer.fit(sentences(200, 1), 12, 20);
        return trainer.evaluate(sentences(100, 2));
    }

    @Test
    void tagsAreFound() {
        Evaluation unseen = program();
        assertTrue(unseen.accuracy() > 0.98 && unseen.accuracy() <= 1, unseen::toString);
        assertTrue(unseen.metric("f1_macro") > 0.98, unseen::toString);
    }
}
