package io.github.lanewise.nn.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.optim.MaxNorm;
import io.github.lanewise.nn.optim.Muon;
import io.github.lanewise.nn.recurrent.LSTM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The fans of weights, as PyTorch computes them: from them follow initialization and more. */
class FansTest {

    static Stream<Arguments> weights() {
        return Stream.of(
                arguments(new Linear(5, 7), "weight", Fans.ofColumns(5, 7)),
                arguments(new Linear(1, 7), "weight", Fans.ofColumns(1, 7)),
                arguments(new Conv1d(4, 6, 5), "weight", Fans.ofRows(20, 30)),
                arguments(new Conv2d(16, 32, 3), "weight", Fans.ofRows(144, 288)),
                arguments(new Conv2d(16, 1, 3), "weight", Fans.ofRows(144, 9)),
                arguments(new Conv2d(64, 64, 3).groups(64), "weight", Fans.ofRows(9, 576)),
                arguments(new Conv2d(4, 8, 3, 2).groups(2), "weight", Fans.ofRows(12, 48)),
                arguments(new ConvTranspose2d(16, 32, 3), "weight", Fans.ofRows(288, 144)),
                arguments(new ConvTranspose2d(1, 2, 2), "weight", Fans.ofRows(8, 4)),
                arguments(new LSTM(1, 32), "weight_ih_l0", Fans.ofColumns(1, 128)),
                arguments(new LSTM(3, 32), "weight_hh_l0", Fans.ofColumns(32, 128)),
                arguments(new LSTM(3, 1), "weight_hh_l0", Fans.ofColumns(1, 4)),
                arguments(new MultiheadAttention(1, 1), "in_proj_weight", Fans.ofColumns(1, 3)),
                arguments(new Embedding(1, 8), "weight", Fans.ofColumns(1, 8)),
                arguments(new LSTM(3, 32), "bias_hh_l0", null),
                arguments(new Conv2d(16, 32, 3), "bias", null),
                arguments(new Linear(5, 7), "bias", null));
    }

    @ParameterizedTest
    @MethodSource("weights")
    void areThoseOfPyTorch(Layer layer, String parameter, Fans expected) {
        assertEquals(expected, layer.parameters().get(parameter).fans());
    }

    @Test
    void kaimingNormalScalesByTheInputsOfAFilter() {
        Conv2d layer = new Conv2d(16, 32, 3);
        layer.initialize(Initializer.kaimingNormal());
        assertEquals(0.1179, deviation(layer.weight().value()), 0.005);
    }

    private static double deviation(Matrix x) {
        double squares = 0;
        for (float v : x.data()) {
            squares += (double) v * v;
        }
        return Math.sqrt(squares / x.size());
    }

    @Test
    void maxNormMeasuresFilters() {
        Conv2d layer = new Conv2d(3, 4, 3);
        Arrays.fill(layer.weight().value().data(), 1);
        new MaxNorm(2).afterStep(List.copyOf(layer.parameters().values()));
        for (int filter = 0; filter < 4; filter++) {
            Matrix row = layer.weight().value().rowRange(filter, filter + 1);
            assertEquals(2, deviation(row, 27), 1e-5);
        }
    }

    private static double deviation(Matrix row, int n) {
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double v = row.data()[row.offset() + i];
            squares += v * v;
        }
        return Math.sqrt(squares);
    }

    @Test
    void muonTakesFiltersForAMatrix() {
        Conv2d layer = new Conv2d(4, 4, 3);
        Param weight = layer.weight();
        float[] before = weight.value().data().clone();
        weight.setGradient(before);
        new Muon(1).weightDecay(0).step(List.of(weight));
        double squares = 0;
        for (int i = 0; i < before.length; i++) {
            double d = weight.value().data()[i] - before[i];
            squares += d * d;
        }
        // 4 orthonormal rows, as far as five rounds come; not times 3 = sqrt(36 / 4).
        assertEquals(1.8, Math.sqrt(squares), 0.3);
    }

    @Test
    void paddingRowOfAnEmbeddingStaysZero() {
        Embedding layer = new Embedding(3, 4).paddingIdx(1);
        layer.initialize(Initializer.xavierUniform());
        assertArrayEquals(new float[4], Arrays.copyOfRange(layer.weight().value().data(), 4, 8));
        layer.initialize(7);
        assertArrayEquals(new float[4], Arrays.copyOfRange(layer.weight().value().data(), 4, 8));
    }
}
