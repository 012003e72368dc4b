package io.github.lanewise.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.SequenceDataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Attention of sequences of unequal length: padding is no key of anybody, and changes no bit. */
class UnequalAttentionTest {

    private static final int WORDS = 9;

    private final int[][] words = new int[80][];
    private final int[][] answers = new int[words.length][];
    private final int[] labels = new int[words.length];

    UnequalAttentionTest() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < words.length; i++) {
            words[i] = random.ints(random.nextInt(1, 22), 1, WORDS).toArray();
            answers[i] = random.ints(random.nextInt(1, 15), 1, WORDS).toArray();
            labels[i] = words[i][0] % 2;
        }
    }

    private static Sequential encoder(Layer... more) {
        Layer[] all = {
            new Embedding(WORDS, 8),
            new LearnedEncoding(64, 8),
            new TransformerEncoder(() -> new TransformerEncoderLayer(8, 2, 12), 2)
                    .norm(new LayerNorm(8)),
            new MultiheadAttention(8, 2).causal().rotary().dropout(0.2f)
        };
        Layer[] joint = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, joint, all.length, more.length);
        return new Sequential(joint);
    }

    private static Sequential classifier() {
        return encoder(new Reduce(Reduce.Kind.MEAN, 0), new Linear(8, 2));
    }

    private static float[] trained(Layer model, Dataset data) {
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f)).fit(data, 2, 60);
        return Matrices.weights(model);
    }

    private SequenceDataset sentences() {
        return Dataset.ofSequences(words, Targets.labels(labels));
    }

    @Test
    void howFarSamplesArePaddedChangesNoBitOfTraining() {
        float[] narrow = trained(classifier(), sentences());
        assertArrayEquals(narrow, trained(classifier(), sentences().padTo(50)));
    }

    @Test
    void eachSampleIsWhatItIsAlone() {
        Sequential model = encoder();
        InferenceSession session = InferenceSession.of(model, new Shape(21), 16);
        Matrix padded = Matrix.zeros(words.length, 21);
        int[] lengths = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            lengths[i] = words[i].length;
            Arrays.fill(padded.data(), i * 21, (i + 1) * 21, 3);
            for (int t = 0; t < lengths[i]; t++) {
                padded.data()[i * 21 + t] = words[i][t];
            }
        }
        Matrix all = session.predict(padded, lengths);
        for (int i = 0; i < words.length; i++) {
            float[] alone = new float[lengths[i]];
            for (int t = 0; t < alone.length; t++) {
                alone[t] = words[i][t];
            }
            float[] expected = session.predictSequence(alone);
            float[] row = Matrices.values(all.rowRange(i, i + 1));
            assertArrayEquals(expected, Arrays.copyOf(row, expected.length));
            for (int k = expected.length; k < row.length; k++) {
                assertEquals(0, row[k]);
            }
        }
    }

    private static Model translator(int sourceSteps, int targetSteps) {
        Input source = new Input(sourceSteps);
        Input target = new Input(targetSteps);
        Value memory = source.then(new Embedding(WORDS, 8), new TransformerEncoderLayer(8, 2, 12));
        Value asked = target.then(new Embedding(WORDS, 8));
        TransformerDecoder decoder =
                new TransformerDecoder(() -> new TransformerDecoderLayer(8, 2, 12).causal(), 2);
        Value decoded = Value.merge(decoder, asked, memory);
        Value seen = Value.merge(new MultiheadAttention(8, 2), decoded, memory, memory);
        return new Model(List.of(source, target), List.of(seen.then(new Linear(8, WORDS))));
    }

    @Test
    void sourceAndTargetHaveLengthsOfTheirOwn() {
        float[][] weights = new float[2][];
        for (int wide = 0; wide < 2; wide++) {
            SequenceDataset source =
                    Dataset.ofSequences(words, Targets.none(words.length)).padTo(21 + 12 * wide);
            SequenceDataset target =
                    Dataset.ofSequences(answers, Targets.steps(answers)).padTo(14 + 26 * wide);
            Model model = translator(source.shape().features(), target.shape().features());
            weights[wide] = trained(model, Dataset.zip(source, target));
        }
        assertArrayEquals(weights[0], weights[1]);
    }
}
