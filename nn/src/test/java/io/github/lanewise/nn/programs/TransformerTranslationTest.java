package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Sequence to sequence: says a row of words backwards. The decoder is given what it should have
 * said so far, after a word that begins, and sees the source through its attention.
 */
class TransformerTranslationTest {

    private static final int STEPS = 5;
    private static final int WORDS = 8;
    private static final int BEGIN = 0;

    /** Sources and what was said so far, side by side; the words to say. */
    private static Dataset sentences(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix both = Matrix.zeros(count, 2 * STEPS);
        int[][] words = new int[count][STEPS];
        for (int i = 0; i < count; i++) {
            int row = i * 2 * STEPS;
            for (int t = 0; t < STEPS; t++) {
                words[i][STEPS - 1 - t] = random.nextInt(1, WORDS);
                both.data()[row + t] = words[i][STEPS - 1 - t];
            }
            for (int t = 0; t < STEPS; t++) {
                both.data()[row + STEPS + t] = t == 0 ? BEGIN : words[i][t - 1];
            }
        }
        return Dataset.of(both, new Shape(2 * STEPS), Targets.labels(words));
    }

    private static Evaluation program() {
        Input source = new Input(STEPS);
        Input said = new Input(STEPS);
        Value memory =
                source.then(
                        new Embedding(WORDS, 32),
                        new LearnedEncoding(STEPS, 32),
                        new TransformerEncoderLayer(32, 4, 64).dropout(0));
        Value begun = said.then(new Embedding(WORDS, 32), new LearnedEncoding(STEPS, 32));
        TransformerDecoder decoder =
                new TransformerDecoder(
                        () -> new TransformerDecoderLayer(32, 4, 64).dropout(0).causal(), 1);
        Value words = Value.merge(decoder, begun, memory).then(new Linear(32, WORDS));
        Model model = new Model(List.of(source, said), List.of(words));
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.003f));
        trainer.fit(sentences(1500, 1), 12, 32);
        return trainer.evaluate(sentences(200, 2));
    }

    @Test
    void saysItBackwards() {
        Evaluation result = program();
        assertTrue(result.accuracy() > 0.95, "accuracy " + result.accuracy());
    }
}
