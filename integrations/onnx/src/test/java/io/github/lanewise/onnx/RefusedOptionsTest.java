package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.graph.EmbeddingBag;
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
        return List.of(
                option("0 is a LSTM with projSize=2", new LSTM(3, 4).projSize(2), 5, 3),
                option(
                        "0 is a FractionalMaxPool2d with returnIndices",
                        new FractionalMaxPool2d(2).outputSize(2).returnIndices(),
                        1,
                        4,
                        4),
                inputs(
                        "EmbeddingBag with paddingIdx=2",
                        ExportCase.merge(new EmbeddingBag(7, 3).paddingIdx(2), new Shape(4))),
                inputs(
                        "EmbeddingBag with weights",
                        ExportCase.merge(
                                new EmbeddingBag(7, 3).mode(EmbeddingBag.Mode.SUM),
                                new Shape(4),
                                new Shape(4))));
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
