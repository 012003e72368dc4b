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
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Choices by logits: how often each, which never, and the texts made of them. */
class TokenSamplerTest {

    private static final int DRAWS = 40_000;
    private static final float[] LOGITS = {-1, 2, Float.NEGATIVE_INFINITY, 2, 0.5f, -0f, 0};

    private static double[] shares(TokenSampler sampler, float... logits) {
        double[] shares = new double[logits.length];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.sample(logits)] += 1.0 / DRAWS;
        }
        return shares;
    }

    /** Returns the probabilities by the definition, among some classes. */
    private static double[] expected(double temperature, int... among) {
        double[] expected = new double[LOGITS.length];
        double sum = 0;
        for (int i : among) {
            expected[i] = Math.exp(LOGITS[i] / temperature);
            sum += expected[i];
        }
        for (int i : among) {
            expected[i] /= sum;
        }
        return expected;
    }

    /** Five deviations of the rarest share. */
    private static void assertShares(double[] expected, double[] shares) {
        assertArrayEquals(expected, shares, 5 * Math.sqrt(0.25 / DRAWS));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] == 0, shares[i] == 0, "class " + i);
        }
    }

    @Test
    void classesComeAsOftenAsTheirProbabilitiesSay() {
        assertShares(expected(1, 0, 1, 3, 4, 5, 6), shares(new TokenSampler(1), LOGITS));
        assertShares(
                expected(2.5, 0, 1, 3, 4, 5, 6),
                shares(new TokenSampler(2).temperature(2.5f), LOGITS));
    }

    @Test
    void onlyTheMostProbableCome() {
        assertShares(expected(1, 1, 3, 4), shares(new TokenSampler(3).topK(3), LOGITS));
        // of equals the first: class 5 is -0, class 6 is 0
        assertShares(expected(1, 1, 3, 4, 5), shares(new TokenSampler(3).topK(4), LOGITS));
        assertShares(expected(1, 1), shares(new TokenSampler(3).topK(1), LOGITS));
        assertShares(expected(1, 0, 1, 3, 4, 5, 6), shares(new TokenSampler(3).topK(99), LOGITS));
        // classes 1 and 3 have 0.393 each, class 4 0.088
        assertShares(expected(1, 1, 3), shares(new TokenSampler(4).topP(0.78f), LOGITS));
        assertShares(expected(1, 1), shares(new TokenSampler(4).topP(0.39f), LOGITS));
        assertShares(expected(1, 1), shares(new TokenSampler(4).topP(1e-9f), LOGITS));
        assertShares(expected(1, 1, 3, 4), shares(new TokenSampler(4).topP(0.85f), LOGITS));
        // of three, 1 and 3 have 0.45 each
        assertShares(expected(1, 1, 3), shares(new TokenSampler(4).topK(3).topP(0.85f), LOGITS));
    }

    @Test
    void temperatureNothingTakesTheLargest() {
        assertEquals(1, new TokenSampler(1).temperature(0).sample(LOGITS));
        assertEquals(2, new TokenSampler(1).temperature(0).sample(-3, -2, -1));
    }

    @Test
    void theSeedDecides() {
        List<Integer> first = new ArrayList<>();
        List<Integer> again = new ArrayList<>();
        List<Integer> other = new ArrayList<>();
        TokenSampler one = new TokenSampler(5);
        TokenSampler two = new TokenSampler(5);
        TokenSampler three = new TokenSampler(6);
        for (int i = 0; i < 50; i++) {
            first.add(one.sample(LOGITS));
            again.add(two.sample(LOGITS));
            other.add(three.sample(LOGITS));
        }
        assertEquals(first, again);
        assertTrue(!first.equals(other));
    }

    @Test
    void whatCannotBeIsRefused() {
        TokenSampler sampler = new TokenSampler(1);
        assertThrows(IllegalArgumentException.class, () -> sampler.temperature(-1));
        assertThrows(IllegalArgumentException.class, () -> sampler.temperature(Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> sampler.topK(-1));
        assertThrows(IllegalArgumentException.class, () -> sampler.topP(0));
        assertThrows(IllegalArgumentException.class, () -> sampler.topP(1.5f));
        assertThrows(IllegalArgumentException.class, () -> sampler.sample(1, Float.NaN));
        assertThrows(IllegalArgumentException.class, sampler::sample);
        assertThrows(IllegalArgumentException.class, () -> sampler.sample(Float.NEGATIVE_INFINITY));
    }

    /** Each index is the most probable after what is in sight: all, then the last half. */
    @Test
    void aGeneratorWritesWhatTheModelFindsMostProbable() {
        Layer model =
                new Sequential(
                        new Embedding(9, 8),
                        new TransformerEncoderLayer(8, 2, 16).causal().rotary(),
                        new Linear(8, 9));
        model.initialize(4);
        int steps = 10;
        int[] prompt = {3, 1, 4};
        int[] made =
                Generator.of(model, steps, new TokenSampler(1).temperature(0)).generate(prompt, 20);
        List<Integer> seen = new ArrayList<>(List.of(3, 1, 4));
        for (int index : made) {
            assertEquals(mostProbable(model, seen), index);
            if (seen.size() == steps) {
                seen.subList(0, steps - steps / 2).clear();
            }
            seen.add(index);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Generator.of(model, steps, new TokenSampler(1)).generate(new int[0], 1));
        assertEquals(
                "generate: count is -1; it must be 0 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Generator.of(model, steps, new TokenSampler(1))
                                                .generate(new int[] {0}, -1))
                        .getMessage());
    }

    private static int mostProbable(Layer model, List<Integer> tokens) {
        Matrix x = Matrix.zeros(1, tokens.size());
        for (int i = 0; i < x.cols(); i++) {
            x.data()[i] = tokens.get(i);
        }
        Shape shape = new Shape(tokens.size());
        float[] y = Matrices.values(model.bind(shape, Workspace.inference(1)).forward(x));
        int best = y.length - 9;
        for (int i = best; i < y.length; i++) {
            best = y[i] > y[best] ? i : best;
        }
        return best - (y.length - 9);
    }

    @Test
    void aGeneratorStopsWhenItIsTold() {
        Layer model = new Sequential(new Embedding(5, 4), new Linear(4, 5));
        List<Integer> given = new ArrayList<>();
        Generator.of(model, 4, new TokenSampler(2))
                .generate(
                        new int[] {0, 1, 2, 3, 4, 0},
                        100,
                        index -> {
                            given.add(index);
                            return given.size() < 7;
                        });
        assertEquals(7, given.size());
    }
}
