package io.github.lanewise.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Weights of attention that are dropped: which, how many, and the gradients of the others. */
class AttentionDropoutTest {

    private static final int STEPS = 40;
    private static final int FEATURES = 6;
    private static final float P = 0.3f;
    private static final Shape SHAPE = new Shape(STEPS, FEATURES);

    private static MultiheadAttention layer() {
        return new MultiheadAttention(FEATURES, 2).causal();
    }

    @Test
    void weightsAreDroppedOrScaled() {
        MultiheadAttention dropping = layer().dropout(P);
        AttentionPass pass = dropping.bind(SHAPE, Workspace.training(3));
        AttentionPass plain = dropping.bind(SHAPE, Workspace.inference(3));
        Matrix x = Matrices.gaussian(3, SHAPE.features(), 1);
        pass.forward(x);
        plain.forward(x);
        float[] weights = Matrices.values(pass.weights());
        float[] all = Matrices.values(plain.weights());
        int seen = 0;
        int dropped = 0;
        for (int i = 0; i < all.length; i++) {
            seen += all[i] > 0 ? 1 : 0;
            dropped += all[i] > 0 && weights[i] == 0 ? 1 : 0;
            assertTrue(weights[i] == 0 || weights[i] == all[i] * (1 / (1 - P)), "weight " + i);
        }
        assertEquals(3 * 2 * STEPS * (STEPS + 1) / 2, seen);
        assertEquals(P, (double) dropped / seen, 5 * Math.sqrt(P * (1 - P) / seen));
        float[] first = weights.clone();
        pass.forward(x);
        assertTrue(!Arrays.equals(first, Matrices.values(pass.weights())), "another mask");
    }

    /** Two passes of one sample each, told where they stand, do what one of both does. */
    @Test
    void partsOfABatchDropWhatTheWholeDrops() {
        Matrix x = Matrices.gaussian(4, SHAPE.features(), 1);
        MultiheadAttention one = layer().dropout(P);
        float[] whole = Matrices.values(one.bind(SHAPE, Workspace.training(4)).forward(x));
        Workspace half = Workspace.training(2);
        for (int from = 0; from < 4; from += 2) {
            MultiheadAttention layer = layer().dropout(P);
            AttentionPass pass = layer.bind(SHAPE, half);
            half.firstSample(from);
            float[] part = Matrices.values(pass.forward(x.rowRange(from, from + 2)));
            int at = from * SHAPE.features();
            assertArrayEquals(Arrays.copyOfRange(whole, at, at + part.length), part);
        }
    }

    /** With the same random numbers again, the loss is a function of which this is the gradient. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        MultiheadAttention layer = layer().dropout(P).keyValueHeads(1);
        AttentionPass pass = layer.bind(SHAPE, Workspace.training(1));
        Stochastic random = (Stochastic) layer.children().get("dropout");
        Matrix x = Matrices.gaussian(1, SHAPE.features(), 1);
        Matrix dy = Matrices.gaussian(1, SHAPE.features(), 2);
        random.draws(0);
        pass.forward(x);
        float[] dx = Matrices.values(pass.backward(dy));
        for (int i = 0; i < dx.length; i += 7) {
            assertEquals(difference(pass, random, x, i, x.data(), dy), dx[i], 0.02, "input " + i);
        }
        Param weight = layer.parameters().get("in_proj_weight");
        float[] gradient = Matrices.values(weight.gradient());
        for (int i = 0; i < gradient.length; i += 5) {
            double expected = difference(pass, random, x, i, weight.value().data(), dy);
            assertEquals(expected, gradient[i], 0.02, "weight " + i);
        }
    }

    private static double difference(
            AttentionPass pass, Stochastic random, Matrix x, int i, float[] moved, Matrix dy) {
        float step = 1e-2f;
        float before = moved[i];
        double[] loss = new double[2];
        for (int side = 0; side < 2; side++) {
            moved[i] = before + (side == 0 ? -step : step);
            random.draws(0);
            float[] y = Matrices.values(pass.forward(x));
            for (int j = 0; j < y.length; j++) {
                loss[side] += (double) y[j] * dy.data()[j];
            }
        }
        moved[i] = before;
        return (loss[1] - loss[0]) / (2 * step);
    }
}
