package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** The promise of {@link TrainingBitsTest} for transformers: pinned hashes after training. */
@Tag("bits")
class TransformerBitsTest {

    private static final int BATCH = 5;
    private static final int STEPS = 37;
    private static final int VOCABULARY = 23;

    @Test
    void aLanguageModelEndsInTheSameBitsEverywhere() {
        Input tokens = new Input(STEPS);
        Embedding embedding = new Embedding(VOCABULARY, 24);
        Value output =
                tokens.then(
                        embedding,
                        new TransformerEncoder(TransformerBitsTest::layer, 2)
                                .norm(new LayerNorm(24)),
                        new TiedLinear(embedding));
        assertEquals(289978288, trained(new Model(tokens, output)));
    }

    private static TransformerEncoderLayer layer() {
        return new TransformerEncoderLayer(24, 6, 50)
                .normFirst()
                .causal()
                .rotary()
                .keyValueHeads(2)
                .activation(new GELU());
    }

    @Test
    void aDecoderEndsInTheSameBitsEverywhere() {
        Input tokens = new Input(STEPS);
        Value vectors = tokens.then(new Embedding(VOCABULARY, 20));
        Value memory = vectors.then(new TransformerEncoderLayer(20, 2, 33), new Linear(20, 20));
        MultiheadAttention cross = new MultiheadAttention(20, 5).kdim(18).vdim(19).withoutBias();
        Value seen =
                Value.merge(
                        cross,
                        vectors,
                        memory.then(new Linear(20, 18)),
                        memory.then(new Linear(20, 19)));
        TransformerDecoder decoder =
                new TransformerDecoder(() -> new TransformerDecoderLayer(20, 4, 33).causal(), 2);
        Value decoded = Value.merge(decoder, seen, memory);
        assertEquals(
                640500203, trained(new Model(tokens, decoded.then(new Linear(20, VOCABULARY)))));
    }

    @Test
    void aTransformerEndsInTheSameBitsEverywhere() {
        Input tokens = new Input(STEPS);
        Value vectors = tokens.then(new Embedding(VOCABULARY, 20));
        Transformer layer = new Transformer(20, 4, 2, 2, 33).causal();
        Value made = Value.merge(layer, vectors.slice(0, 3, 21), vectors);
        assertEquals(105677363, trained(new Model(tokens, made.then(new Linear(20, VOCABULARY)))));
    }

    private static int trained(Model model) {
        Matrix inputs = Matrix.zeros(BATCH, STEPS);
        int[] labels = new int[BATCH * STEPS];
        for (int i = 0; i < labels.length; i++) {
            inputs.data()[i] = (i * i + i / 7) % VOCABULARY;
            labels[i] = (i + 3) * i % VOCABULARY;
        }
        model.initialize(5);
        TrainingStep step =
                new TrainingStep(
                        model,
                        new SoftmaxCrossEntropy(),
                        new AdamW(0.003f),
                        model.inputShape(),
                        BATCH);
        for (int i = 0; i < 10; i++) {
            step.run(inputs, new Targets.Labels(labels, STEPS));
        }
        return Arrays.hashCode(Matrices.weights(model));
    }
}
