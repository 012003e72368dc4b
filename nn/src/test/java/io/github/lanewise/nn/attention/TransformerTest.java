package io.github.lanewise.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class TransformerTest {

    private static final List<Shape> SHAPES = List.of(new Shape(4, 6), new Shape(3, 6));

    @Test
    void defaultsArePyTorchs() {
        assertEquals(new Transformer(512, 8, 6, 6, 2048).toString(), new Transformer().toString());
        assertEquals(0.1f, new Transformer().options().get("dropout"));
    }

    /** By Glorot's rule of the whole matrix: sqrt(6 / (6 + 8)); a linear layer's own is 0.41. */
    @Test
    void matricesAreDrawnByGlorotsRule() {
        Transformer layer = new Transformer(6, 2, 1, 1, 8);
        layer.initialize(1);
        Param weight = layer.parameters().get("encoder.layers.0.linear1.weight");
        float largest = 0;
        for (float value : weight.value().data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0.55f && largest <= Math.sqrt(6.0 / 14), "largest is " + largest);
        float[] norm = layer.parameters().get("decoder.norm.weight").value().data();
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, norm);
    }

    @Test
    void causalTargetSeesNoLaterStepButTheWholeSource() {
        Transformer layer = new Transformer(6, 2, 1, 2, 8).causal();
        layer.initialize(2);
        MergePass pass = layer.bind(SHAPES, Workspace.inference(1));
        Matrix[] inputs = {Matrices.gaussian(1, 24, 1), Matrices.gaussian(1, 18, 2)};
        float[] first = Matrices.values(pass.forward(inputs)).clone();
        inputs[1].data()[17] += 1;
        float[] later = Matrices.values(pass.forward(inputs)).clone();
        assertArrayEquals(Arrays.copyOf(first, 12), Arrays.copyOf(later, 12));
        inputs[0].data()[23] += 1;
        float[] source = Matrices.values(pass.forward(inputs)).clone();
        assertTrue(source[0] != first[0], "the last step of the source is not seen");
    }

    @Test
    void paddingOfSourceAndTargetChangesNoBit() {
        Transformer layer = new Transformer(6, 2, 2, 2, 8);
        layer.initialize(3);
        Lengths source = new Lengths(1, 4);
        Lengths target = new Lengths(1, 3);
        source.setAll(2);
        target.setAll(2);
        MergePass pass =
                layer.bind(SHAPES, Workspace.inference(1).lengths(Lengths.several(source, target)));
        Matrix[] inputs = {Matrices.gaussian(1, 24, 1), Matrices.gaussian(1, 18, 2)};
        float[] padded = Arrays.copyOf(Matrices.values(pass.forward(inputs)), 12);
        MergePass narrow =
                layer.bind(List.of(new Shape(2, 6), new Shape(2, 6)), Workspace.inference(1));
        Matrix[] own = {
            Matrix.row(Arrays.copyOf(inputs[0].data(), 12)),
            Matrix.row(Arrays.copyOf(inputs[1].data(), 12))
        };
        assertArrayEquals(Matrices.values(narrow.forward(own)), padded);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Transformer(6, 4, 1, 1, 8));
        assertThrows(IllegalArgumentException.class, () -> new Transformer(6, 2, 0, 1, 8));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Transformer(6, 2, 1, Integer.MAX_VALUE, 8));
        Transformer layer = new Transformer(6, 2, 1, 1, 8);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> layer.outputShape(List.of(new Shape(4, 6))));
        assertTrue(e.getMessage().contains("source and target"), e::getMessage);
        assertThrows(IllegalStateException.class, layer::causal);
    }
}
