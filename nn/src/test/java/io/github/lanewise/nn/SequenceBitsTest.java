package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.LPPool1d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The promise of {@link TrainingBitsTest} for layers of sequences: pinned hashes of the weights
 * after training, with vector and with scalar kernels.
 */
@Tag("bits")
class SequenceBitsTest {

    private static final int SAMPLES = 150;
    private static final int STEPS = 7;
    private static final int FEATURES = 20;
    private static final int CLASSES = 5;
    private static final int UNEQUAL = 1839053799;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(1802749853, new RNN(FEATURES, 21).numLayers(2).lastOutput(), 21),
                Arguments.of(-862641572, new LSTM(FEATURES, 35).bidirectional().lastOutput(), 70),
                Arguments.of(443892517, new GRU(FEATURES, 19).lastOutput(), 19),
                Arguments.of(1957093444, encoder(), STEPS * FEATURES),
                Arguments.of(-808677507, cells(), 7 * 11));
    }

    /** A loop of cells; what they make is dropped by channels and pooled. */
    private static Layer cells() {
        Input x = new Input(STEPS, FEATURES);
        LSTMCell lstm = new LSTMCell(FEATURES, 21);
        GRUCell gru = new GRUCell(21, 22);
        RNNCell rnn = new RNNCell(22, 23);
        Value[] memory = {};
        Value[] hidden = {};
        Value[] made = new Value[STEPS];
        for (int t = 0; t < STEPS; t++) {
            Value step = x.slice(0, t, t + 1).then(new Reshape(FEATURES));
            memory = lstm.call(step, memory).toArray(Value[]::new);
            hidden = gru.call(memory[0], hidden).toArray(Value[]::new);
            made[t] = rnn.call(hidden[0]).getFirst();
        }
        Value all = Value.stack(0, made).then(new FeatureAlphaDropout(0.2f));
        Value pooled = all.then(new LPPool1d(2, 2));
        return new Model(x, pooled.then(new Flatten()));
    }

    private static Layer encoder() {
        return new Sequential(
                new LearnedEncoding(STEPS, FEATURES),
                new TransformerEncoderLayer(FEATURES, 2, 33).normFirst().dropout(0),
                new RMSNorm(FEATURES),
                new GroupNorm(1, STEPS),
                new Flatten());
    }

    @ParameterizedTest
    @MethodSource("models")
    void trainingEndsInTheSameBitsEverywhere(int bits, Layer layer, int features) {
        Sequential model = new Sequential(layer, new Linear(features, CLASSES));
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.003f)).fit(data(), 3, 64);
        assertEquals(bits, Arrays.hashCode(Matrices.weights(model)));
    }

    /** Sequences of unequal length in buckets, with all that looks at lengths and draws. */
    @Test
    void unequalSequencesEndInTheSameBitsEverywhere() {
        RandomStream random = new RandomStream(3);
        int[][] words = new int[SAMPLES][];
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            words[i] = new int[1 + random.nextInt(30)];
            Arrays.setAll(words[i], t -> random.nextInt(FEATURES));
            labels[i] = random.nextInt(CLASSES);
        }
        Sequential model =
                new Sequential(
                        new Embedding(FEATURES, 12),
                        new TransformerEncoderLayer(12, 2, 20),
                        new LSTM(12, 9).numLayers(2).bidirectional().dropout(0.2f).projSize(5),
                        new Linear(10, 8),
                        new Reduce(Reduce.Kind.MEAN, 0),
                        new Linear(8, CLASSES));
        Dataset data = Dataset.ofSequences(words, Targets.labels(labels)).bucketed(3);
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.003f)).fit(data, 2, 40);
        assertEquals(UNEQUAL, Arrays.hashCode(Matrices.weights(model)));
    }

    private static Dataset data() {
        Matrix features = Matrices.gaussian(SAMPLES, STEPS * FEATURES, 1);
        int[] labels = new int[SAMPLES];
        RandomStream random = new RandomStream(2);
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
        return Dataset.of(features, new Shape(STEPS, FEATURES), Targets.labels(labels));
    }
}
