package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Options of layers: set where the layer is made, checked there, refused later. */
class OptionsTest {

    @Test
    void aDroppedReturnValueLosesNothing() {
        Conv2d layer = new Conv2d(2, 3, 3);
        layer.stride(2);
        layer.padding(1, 0);
        assertEquals(new Shape(3, 4, 3), layer.outputShape(new Shape(2, 8, 8)));
        assertEquals(List.of(2, 2), layer.options().get("stride"));
    }

    @Test
    void windowsTakeNumbersByAxis() {
        assertEquals(
                new Shape(1, 6, 3),
                new MaxPool2d(2).stride(1).dilation(2, 1).outputShape(new Shape(1, 8, 4)));
        assertEquals(
                new Shape(1, 8, 4),
                new ConvTranspose2d(1, 1, 2).dilation(2, 1).outputShape(new Shape(1, 6, 3)));
    }

    static Stream<Executable> late() {
        Conv2d conv = new Conv2d(2, 2, 3);
        new Sequential(conv);
        MaxPool2d pool = new MaxPool2d(2);
        pool.outputShape(new Shape(1, 4, 4));
        AvgPool2d mean = new AvgPool2d(2);
        mean.outputShape(new Shape(1, 4, 4));
        LSTM lstm = new LSTM(2, 2);
        lstm.parameters();
        LayerNorm norm = new LayerNorm(4);
        norm.weight();
        BatchNorm2d batchNorm = new BatchNorm2d(4);
        batchNorm.parameters();
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        attention.outputShape(new Shape(3, 4));
        TransformerEncoderLayer encoder = new TransformerEncoderLayer(4, 2, 8);
        encoder.parameters();
        Linear linear = new Linear(2, 2);
        linear.bias();
        return Stream.of(
                () -> conv.stride(2),
                () -> conv.groups(2),
                conv::withoutBias,
                () -> pool.stride(1),
                () -> mean.countIncludePad(false),
                () -> lstm.numLayers(2),
                () -> lstm.dropout(0.1f),
                () -> lstm.projSize(1),
                lstm::withoutBias,
                norm::withoutBias,
                () -> batchNorm.eps(1),
                attention::causal,
                encoder::normFirst,
                linear::withoutBias);
    }

    @ParameterizedTest
    @MethodSource("late")
    void comeBeforeUse(Executable option) {
        IllegalStateException e = assertThrows(IllegalStateException.class, option);
        assertEquals(
                " comes too late, the layer is in use; set options where the layer is made",
                e.getMessage().replaceAll("^.*: [a-zA-Z]+", ""));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new Conv1d(0, 1, 1),
                () -> new Conv1d(1, 1, 0),
                () -> new Conv2d(2, 2, 3).stride(0),
                () -> new Conv2d(2, 2, 3).padding(-1),
                () -> new Conv2d(2, 3, 3).groups(2),
                () -> new Conv2d(2, 2, 3).dilation(1, 0),
                () -> new MaxPool2d(0),
                () -> new MaxPool2d(2).padding(2),
                () -> new BatchNorm1d(4).eps(-1),
                () -> new BatchNorm1d(4).eps(Float.NaN),
                () -> new BatchNorm1d(4).momentum(2),
                () -> new BatchNorm2d(4).momentum(-0.1f),
                () -> new GroupNorm(2, 4).eps(-1),
                () -> new LayerNorm(4).eps(Float.POSITIVE_INFINITY),
                () -> new RMSNorm(4).eps(-1e-5f),
                () -> new RNN(0, 1),
                () -> new GRU(2, 2).numLayers(0),
                () -> new GRU(2, 2).dropout(1.1f),
                () -> new LSTM(2, 2).projSize(2),
                () -> new LSTM(2, 2).projSize(-1),
                () -> new Embedding(3, 2).paddingIdx(3),
                () -> new Embedding(3, 2).paddingIdx(-2),
                () -> new PReLU(0, 0.25f));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void numbersOutOfRangeAreRefused(Executable option) {
        assertThrows(IllegalArgumentException.class, option);
    }
}
