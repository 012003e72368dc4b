package io.github.lanewise.nn.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** Step by step gives the bits of whole sequences, of any length. */
@Tag("contract")
class StepwiseSessionTest {

    private static final int STEPS = 70;
    private static final int VOCABULARY = 11;

    private static TransformerEncoderLayer layer() {
        return new TransformerEncoderLayer(12, 3, 20).causal();
    }

    static Stream<Layer> models() {
        Embedding embedding = new Embedding(VOCABULARY, 12);
        return Stream.of(
                new Sequential(
                        embedding,
                        new LearnedEncoding(STEPS, 12),
                        layer(),
                        layer().normFirst().keyValueHeads(1),
                        new LayerNorm(12),
                        new TiedLinear(embedding)),
                new Sequential(
                        new Embedding(VOCABULARY, 12),
                        new SinusoidalEncoding(),
                        new Residual(
                                new RMSNorm(12),
                                new MultiheadAttention(12, 2).causal().withoutBias()),
                        new Residual(new Linear(12, 32), new SwiGLU(), new Linear(16, 12)),
                        new Linear(12, VOCABULARY)),
                new Sequential(
                        new Embedding(VOCABULARY, 12),
                        new TransformerEncoder(() -> layer().rotary(), 2).norm(new LayerNorm(12)),
                        new Linear(12, VOCABULARY)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void stepsHaveTheBitsOfTheWhole(Layer model) {
        model.initialize(3);
        StepwiseSession session = StepwiseSession.of(model, STEPS);
        for (int length : new int[] {1, 15, 16, 17, 33, STEPS}) {
            session.reset();
            Matrix tokens = Matrix.zeros(1, length);
            for (int t = 0; t < length; t++) {
                tokens.data()[t] = (t * t + length) % VOCABULARY;
            }
            float[] whole =
                    Matrices.values(
                            model.bind(new Shape(length), Workspace.inference(1)).forward(tokens));
            float[] outputs = new float[session.outputs()];
            for (int t = 0; t < length; t++) {
                assertEquals(t, session.length());
                session.step(new float[] {tokens.data()[t]}, outputs);
                float[] expected = Arrays.copyOfRange(whole, t * VOCABULARY, (t + 1) * VOCABULARY);
                assertArrayEquals(expected, outputs, "step " + t + " of " + length);
            }
        }
        assertThrows(
                IllegalStateException.class,
                () -> session.step(new float[1], new float[VOCABULARY]));
        assertThrows(
                IllegalArgumentException.class,
                () -> session.step(new float[2], new float[VOCABULARY]));
    }

    @Test
    void stepsOfFeaturesGoToo() {
        Layer model = new Sequential(new MultiheadAttention(4, 2).causal(), new Linear(4, 3));
        StepwiseSession session = StepwiseSession.of(model, new Shape(1, 4), 5);
        assertEquals(3, session.outputs());
        assertEquals(5, session.capacity());
        float[] outputs = new float[3];
        session.step(new float[] {1, 2, 3, 4}, outputs);
        assertTrue(outputs[0] != 0);
    }

    @Test
    void modelsThatSeeLaterStepsAreRefused() {
        assertFails(
                "a step would see later ones",
                new Sequential(new MultiheadAttention(4, 2), new Linear(4, 3)));
        assertFails("makes other outputs step by step", new Sequential(new Flatten()));
        Layer short4 = new Sequential(new LearnedEncoding(4, 4), new Linear(4, 3));
        assertFails("the layer knows 4", short4);
    }

    private static void assertFails(String message, Layer model) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> StepwiseSession.of(model, new Shape(1, 4), 5));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
