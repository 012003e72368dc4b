package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.onnx.export.OnnxExport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Options that export does not say in ONNX are refused by name, not left out. */
final class RefusedOptionsTest {

    private static Arguments option(String part, Layer layer, int... input) {
        return Arguments.of(
                "layer " + part, new ExportCase(part, new Sequential(layer), new Shape(input)));
    }

    private static Arguments inputs(String part, ExportCase one) {
        return Arguments.of(part, one);
    }

    static List<Arguments> cases() {
        Shape steps = new Shape(4, 6);
        return List.of(
                option("0 is a LSTM with projSize=2", new LSTM(3, 4).projSize(2), 5, 3),
                option(
                        "0 is a MultiheadAttention with rotary=10000.0",
                        new MultiheadAttention(8, 2).rotary(),
                        4,
                        8),
                option(
                        "0 is a MultiheadAttention with keyValueHeads=1",
                        new MultiheadAttention(8, 2).keyValueHeads(1),
                        4,
                        8),
                option(
                        "0 is a MultiheadAttention with bias=false",
                        new MultiheadAttention(8, 2).withoutBias(),
                        4,
                        8),
                option(
                        "0.self_attn is a MultiheadAttention with rotary=500.0",
                        new TransformerEncoderLayer(8, 2, 3).rotary(500),
                        4,
                        8),
                inputs(
                        "MultiheadAttention with 2 inputs",
                        UnexportedCases.merge(new MultiheadAttention(6, 2), steps, steps)),
                inputs(
                        "MultiheadAttention with 4 inputs",
                        UnexportedCases.merge(
                                new MultiheadAttention(6, 2),
                                steps,
                                steps,
                                steps,
                                new Shape(4, 4))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void optionIsRefusedByName(String part, ExportCase one) {
        OnnxExport export = new OnnxExport(one.model()).inputShape(one.input());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, export::model);
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }
}
