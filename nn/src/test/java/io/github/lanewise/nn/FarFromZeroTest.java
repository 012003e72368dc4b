package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Layers that normalize, fed with values far from 0: what the mean's rounding would spoil. */
class FarFromZeroTest {

    private static Matrix constant(int rows, int cols) {
        Matrix x = Matrix.zeros(rows, cols);
        Arrays.fill(x.data(), 10000.1f);
        return x;
    }

    private static void assertZero(Layer layer, Shape shape, int batch) {
        Pass pass = layer.bind(shape, Workspace.training(batch));
        for (float y : Matrices.values(pass.forward(constant(batch, shape.features())))) {
            assertEquals(0f, y, layer.toString());
        }
    }

    @Test
    void constantValuesBecomeZero() {
        assertZero(new LayerNorm(256), new Shape(256), 3);
        assertZero(new LayerNorm(2), new Shape(5, 2), 3);
        assertZero(new GroupNorm(1, 3), new Shape(3), 3);
        assertZero(new GroupNorm(2, 4), new Shape(4, 7, 5), 3);
        assertZero(new BatchNorm1d(3), new Shape(3), 4096);
        assertZero(new BatchNorm2d(1), new Shape(1, 28, 28), 64);
    }

    @Test
    void temperaturesHaveMeanZeroAndTheirDeviation() {
        Matrix x = Matrix.zeros(4096, 1);
        RandomStream random = new RandomStream(1);
        double square = 0;
        double sum = 0;
        for (int i = 0; i < 4096; i++) {
            x.data()[i] = (float) (293.15 + 0.01 * random.gaussian());
            sum += x.data()[i];
        }
        for (float value : x.data()) {
            square += (value - sum / 4096) * (value - sum / 4096);
        }
        double deviation = Math.sqrt(square / 4096);
        Matrix y = new BatchNorm1d(1).bind(new Shape(1), Workspace.training(4096)).forward(x);
        double mean = 0;
        double squares = 0;
        for (float value : y.data()) {
            mean += value / 4096.0;
            squares += (double) value * value / 4096;
        }
        assertEquals(0, mean, 1e-6);
        assertEquals(0.95, Math.sqrt(squares), 0.01);
        double expected = deviation / Math.sqrt(deviation * deviation + 1e-5);
        assertEquals(expected, Math.sqrt(squares), 1e-6);
    }

    /** A running mean that stops some roundings early is 1.5 deviations off here. */
    @Test
    void runningMeanGetsToWhatAllBatchesHave() {
        BatchNorm1d layer = new BatchNorm1d(3);
        Pass pass = layer.bind(new Shape(3), Workspace.training(8));
        Matrix x = constant(8, 3);
        for (int step = 0; step < 300; step++) {
            pass.forward(x);
        }
        assertEquals(10000.1f, layer.runningMean().value().at(0, 2));
        Matrix y = layer.bind(new Shape(3), Workspace.inference(8)).forward(x);
        assertEquals(0f, y.at(7, 2));
    }
}
