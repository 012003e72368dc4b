package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.SequenceDataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
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
 * Tags each word of sentences of unequal length; a full stop has the label -100, which the loss,
 * the accuracy and the metric do not count.
 */
class TaggerTest {

    private static final int WORDS = 6;
    private static final int STOP = 0;

    /** A word's tag is 1 if the word before it was of the upper half, else 0. */
    private static SequenceDataset sentences(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] words = new int[count][];
        int[][] tags = new int[count][];
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(3, 11);
            words[i] = new int[length];
            tags[i] = new int[length];
            for (int t = 0; t < length; t++) {
                words[i][t] = t == length - 1 ? STOP : random.nextInt(1, WORDS);
                int before = t == 0 ? STOP : words[i][t - 1];
                tags[i][t] = words[i][t] == STOP ? -100 : before > WORDS / 2 ? 1 : 0;
            }
        }
        return Dataset.ofSequences(words, Targets.steps(tags));
    }

    private static Evaluation program() {
        Sequential model =
                new Sequential(
                        new Embedding(WORDS, 8),
                        new LSTM(8, 16).bidirectional(),
                        new Linear(32, 2));
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy().ignoreIndex(-100), new Adam(0.01f))
                        .metrics(() -> Metrics.f1(Average.MACRO).ignoreIndex(-100));
        trainer.fit(sentences(200, 1).bucketed(3), 12, 20);
        return trainer.evaluate(sentences(100, 2));
    }

    @Test
    void tagsAreFound() {
        Evaluation unseen = program();
        assertTrue(unseen.accuracy() > 0.98 && unseen.accuracy() <= 1, unseen::toString);
        assertTrue(unseen.metric("f1_macro") > 0.98, unseen::toString);
    }
}
