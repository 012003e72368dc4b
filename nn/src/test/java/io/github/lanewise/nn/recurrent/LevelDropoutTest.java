package io.github.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Dropout between recurrent layers that stand on each other. */
class LevelDropoutTest {

    private static final Shape SHAPE = new Shape(6, 3);

    private final Matrix x = Matrices.gaussian(4, SHAPE.features(), 1);

    private static GRU layer(float p) {
        return new GRU(3, 5).numLayers(2).dropout(p);
    }

    private static float[] outputs(GRU layer, Workspace workspace, Matrix x) {
        return Matrices.values(layer.bind(SHAPE, workspace).forward(x));
    }

    @Test
    void inferenceDropsNothing() {
        float[] plain = outputs(layer(0), Workspace.training(4), x);
        assertArrayEquals(plain, outputs(layer(0.7f), Workspace.inference(4), x));
        assertFalse(Arrays.equals(plain, outputs(layer(0.7f), Workspace.training(4), x)));
    }

    @Test
    void whenAllIsDroppedTheUpperLayerReadsZeros() {
        GRU blind = layer(0);
        Arrays.fill(blind.parameters().get("weight_ih_l1").value().data(), 0);
        GRU dropped = layer(1);
        assertArrayEquals(
                outputs(blind, Workspace.training(4), x),
                outputs(dropped, Workspace.training(4), x));
    }

    @Test
    void gradientsAreThoseOfWhatWasNotDropped() {
        GRU layer = layer(0.4f);
        RecurrentPass pass = layer.bind(SHAPE, Workspace.training(4));
        Matrix dy = Matrices.gaussian(4, 30, 2);
        layer.dropout().draws(7);
        pass.forward(x);
        float[] dx = Matrices.values(pass.backward(dy));
        float step = 1e-2f;
        for (int k = 0; k < dx.length; k += 5) {
            float before = x.data()[k];
            x.data()[k] = before + step;
            double above = weighed(layer, pass, dy);
            x.data()[k] = before - step;
            double below = weighed(layer, pass, dy);
            x.data()[k] = before;
            assertEquals((above - below) / (2 * step), dx[k], 2e-3);
        }
    }

    private double weighed(GRU layer, RecurrentPass pass, Matrix dy) {
        layer.dropout().draws(7);
        Matrix y = pass.forward(x);
        double sum = 0;
        for (int i = 0; i < y.size(); i++) {
            sum += (double) y.data()[i] * dy.data()[i];
        }
        return sum;
    }

    @Test
    void aSampleIsDroppedAlikeInAShardAndHoweverFarItIsPadded() {
        float[] whole = outputs(layer(0.4f), Workspace.training(4), x);
        Workspace shard = Workspace.training(2);
        shard.firstSample(2);
        float[] part = outputs(layer(0.4f), shard, x.rowRange(2, 4));
        assertArrayEquals(Arrays.copyOfRange(whole, 60, 120), part);
        Lengths lengths = new Lengths(4, 6);
        lengths.setAll(1, 6, 3, 6);
        float[] unequal = outputs(layer(0.4f), Workspace.training(4).lengths(lengths), x);
        assertArrayEquals(Arrays.copyOfRange(whole, 30, 60), Arrays.copyOfRange(unequal, 30, 60));
        assertArrayEquals(Arrays.copyOfRange(whole, 60, 75), Arrays.copyOfRange(unequal, 60, 75));
    }
}
