package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

/** Says words backwards: an encoder, a decoder that starts from its states, and attention. */
class TranslationTest {

    private static final int WORDS = 7;
    private static final int STEPS = 8;

    private final int[][] source;
    private final int[][] answers;
    private final int[][] given;

    TranslationTest() {
        SplittableRandom random = new SplittableRandom(6);
        source = new int[900][];
        answers = new int[source.length][];
        given = new int[source.length][];
        for (int i = 0; i < source.length; i++) {
            source[i] = random.ints(random.nextInt(2, STEPS + 1), 1, WORDS).toArray();
            int length = source[i].length;
            answers[i] = new int[length];
            given[i] = new int[length];
            for (int t = 0; t < length; t++) {
                answers[i][t] = source[i][length - 1 - t];
                given[i][t] = t == 0 ? 0 : answers[i][t - 1];
            }
        }
    }

    private Evaluation program() {
        Input from = new Input(STEPS);
        Input to = new Input(STEPS);
        List<Value> read =
                new GRU(16, 16).bidirectional().call(from.then(new Embedding(WORDS, 16)));
        Value start = read.get(1).then(new Reshape(1, 32));
        Value written = new GRU(16, 32).call(to.then(new Embedding(WORDS, 16)), start).get(0);
        Value seen = Value.merge(new MultiheadAttention(32, 4), written, read.get(0));
        Value scores = Value.concat(1, written, seen).then(new Linear(64, WORDS));
        Dataset data =
                Dataset.zip(
                        Dataset.ofSequences(source, Targets.none(source.length)),
                        Dataset.ofSequences(given, Targets.steps(answers)));
        Model model = new Model(List.of(from, to), List.of(scores));
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f));
        trainer.fit(data.range(0, 800), 20, 32);
        return trainer.evaluate(data.range(800, 900));
    }

    @Test
    void wordsAreSaidBackwards() {
        Evaluation unseen = program();
        assertTrue(unseen.accuracy() > 0.9, unseen::toString);
    }
}
