package io.github.lanewise.nn.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Arrays;

/** Predictions for sequences of unequal length. */
class UnequalInferenceTest {

    private static final Shape SHAPE = new Shape(6, 3);

    private final Sequential tagger =
            new Sequential(new LSTM(3, 4).bidirectional(), new Linear(8, 2));
    private final Sequential classifier =
            new Sequential(new GRU(3, 4).lastOutput(), new Linear(4, 2));

    private static float[] alone(Sequential model, Matrix x, int row, int length) {
        Matrix sample = new Matrix(x.data(), x.offset() + row * x.ld(), 1, 3 * length, 3 * length);
        Shape shape = new Shape(length, 3);
        return Matrices.values(model.bind(shape, Workspace.inference(1)).forward(sample));
    }

    @Test
    void eachIsWhatItIsAloneWhateverStandsInThePadding() {
        int[] lengths = new int[21];
        Arrays.setAll(lengths, i -> 1 + i % 6);
        Matrix x = Matrices.gaussian(lengths.length, 18, 1);
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(x.data(), i * 18 + 3 * lengths[i], (i + 1) * 18, Float.NaN);
        }
        InferenceSession tags = InferenceSession.of(tagger, SHAPE, 8);
        InferenceSession classes = InferenceSession.of(classifier, SHAPE, 8);
        Matrix ofSteps = tags.predict(x, lengths);
        Matrix ofSamples = classes.predict(x, lengths);
        for (int i = 0; i < lengths.length; i++) {
            float[] expected = alone(tagger, x, i, lengths[i]);
            float[] found = Matrices.values(ofSteps.rowRange(i, i + 1));
            assertArrayEquals(Arrays.copyOf(expected, 12), found);
            float[] sample = Arrays.copyOfRange(x.data(), i * 18, i * 18 + 3 * lengths[i]);
            assertArrayEquals(expected, tags.predictSequence(sample));
            float[] scores = alone(classifier, x, i, lengths[i]);
            assertArrayEquals(scores, Matrices.values(ofSamples.rowRange(i, i + 1)));
            assertArrayEquals(scores, classes.predictSequence(sample));
        }
    }

    @Test
    void wrongLengthsAreNamed() {
        InferenceSession session = InferenceSession.of(classifier, SHAPE, 8);
        Matrix x = Matrix.zeros(2, 18);
        assertRefused(
                "lengths: that of sample 1 is 0; it must be from 1 to 6, the steps of a sample",
                () -> session.predict(x, new int[] {1, 0}));
        assertRefused(
                "lengths: that of sample 0 is 7; it must be from 1 to 6, the steps of a sample",
                () -> session.predict(x, new int[] {7, 1}));
        assertRefused(
                "lengths: 3 for 2 samples; give one for each",
                () -> session.predict(x, new int[] {1, 1, 1}));
        for (int numbers : new int[] {0, 4, 21}) {
            assertRefused(
                    "predictSequence: %d numbers; a step has 3, and a sequence 1 to 6 steps"
                            .formatted(numbers),
                    () -> session.predictSequence(new float[numbers]));
        }
    }

    @Test
    void modelsThatWouldMixPaddingInAreRefused() {
        Sequential flat = new Sequential(new Flatten(), new Linear(18, 2));
        InferenceSession session = InferenceSession.of(flat, SHAPE, 8);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> session.predict(Matrix.zeros(1, 18), new int[] {2}))
                        .getMessage();
        assertTrue(message.startsWith("Sequential[0] Flatten()"), message);
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
