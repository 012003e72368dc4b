package io.github.lanewise.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.TiedLinear;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Options of attention and transformers: defaults, names, what is refused and when. */
class AttentionOptionsTest {

    private static MultiheadAttention attention() {
        return new MultiheadAttention(6, 2);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertFails("2 heads of keys and values for 3 heads", () -> attention(3).keyValueHeads(2));
        assertFails("heads of 3 features cannot turn", () -> attention().rotary());
        assertFails("rotary base is 1.0", () -> attention(3).rotary(1));
        assertFails("kdim is 0", () -> attention().kdim(0));
        assertFails("p is 1.5", () -> attention().dropout(1.5f));
        Shape shape = new Shape(4, 6);
        Shape keys = new Shape(5, 6);
        assertFails("give it several", () -> attention().kdim(5).outputShape(shape));
        assertFails("0 inputs", () -> attention().outputShape(List.of()));
        assertFails(
                "keys are 5x6, values 4x6",
                () -> attention().outputShape(List.of(shape, keys, shape)));
        assertFails(
                "mask is 5x4; it must be 4x5 or 2x4x5",
                () -> attention().outputShape(List.of(shape, keys, keys, new Shape(5, 4))));
        AttentionPass pass = attention().bind(shape, Workspace.training(3));
        assertFails("mask is 5x4; it must be 4x4", () -> pass.attnMask(Matrix.zeros(5, 4)));
        assertFails("2 samples; the pass was bound to 3", () -> pass.keyPaddingMask(flags(2, 4)));
        assertFails(
                "last dimension must be 3",
                () -> new TiedLinear(new Embedding(5, 3)).outputShape(new Shape(2, 4)));
        assertFails(
                "it takes two by Value.merge",
                () -> new TransformerDecoderLayer(6, 2).outputShape(shape));
        assertFails("no layers", TransformerEncoder::new);
    }

    private static MultiheadAttention attention(int heads) {
        return new MultiheadAttention(6, heads);
    }

    private static boolean[][] flags(int rows, int cols) {
        return new boolean[rows][cols];
    }

    private static void assertFails(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage().contains(message) ? message : e.getMessage());
    }

    static Stream<Executable> late() {
        MultiheadAttention attention = attention();
        attention.parameters();
        TransformerDecoderLayer decoder = new TransformerDecoderLayer(4, 2);
        decoder.children();
        TransformerEncoder stack = new TransformerEncoder(new TransformerEncoderLayer(4, 2));
        stack.outputShape(new Shape(3, 4));
        TiedLinear tied = new TiedLinear(new Embedding(3, 2));
        tied.parameters();
        return Stream.of(
                () -> attention.dropout(0.1f),
                () -> attention.kdim(3),
                () -> attention.vdim(3),
                () -> attention.keyValueHeads(1),
                () -> attention.rotary(99),
                attention::withoutBias,
                () -> decoder.dropout(0),
                () -> decoder.layerNormEps(1),
                () -> decoder.keyValueHeads(1),
                decoder::rotary,
                decoder::withoutBias,
                () -> stack.norm(new TransformerEncoderLayer(4, 2)),
                tied::withoutBias);
    }

    @ParameterizedTest
    @MethodSource("late")
    void optionsAfterTheFirstUseAreRefused(Executable option) {
        assertThrows(IllegalStateException.class, option);
    }

    @Test
    void defaultsAndNamesArePyTorchs() {
        Layer layer = new TransformerDecoderLayer(8, 2);
        assertEquals(2048, layer.options().get("dimFeedforward"));
        assertEquals(0.1f, layer.options().get("dropout"));
        assertEquals(
                List.of(
                        "self_attn",
                        "multihead_attn",
                        "linear1",
                        "dropout",
                        "linear2",
                        "norm1",
                        "norm2",
                        "norm3",
                        "dropout1",
                        "dropout2",
                        "dropout3"),
                List.copyOf(layer.children().keySet()));
        assertEquals(
                Set.of(
                        "self_attn.dropout",
                        "multihead_attn.dropout",
                        "dropout",
                        "dropout1",
                        "dropout2",
                        "dropout3"),
                Stochastic.all(layer).keySet());
        assertEquals(
                Set.of(), Stochastic.all(new TransformerEncoderLayer(8, 2).dropout(0)).keySet());
        assertEquals(
                List.of("q_proj_weight", "k_proj_weight", "v_proj_weight"),
                List.copyOf(attention().kdim(5).parameters().keySet()).subList(0, 3));
    }

    @Test
    void theMapIsWhatAPassSees() {
        MultiheadAttention layer = attention();
        Matrix x = Matrices.gaussian(2, 18, 1);
        Matrix y = Matrices.gaussian(2, 24, 2);
        List<Shape> shapes = List.of(new Shape(3, 6), new Shape(4, 6));
        AttentionPass pass = layer.bind(shapes.get(0), shapes.get(1), Workspace.inference(2));
        pass.forward(x, y, y);
        AttentionMap all = new AttentionMap(layer);
        assertEquals(new Shape(2, 3, 4), all.outputShape(shapes));
        Matrix[] inputs = {x, y};
        assertArrayEquals(
                Matrices.values(pass.weights()),
                Matrices.values(all.bind(shapes, Workspace.inference(2)).forward(inputs)));
        AttentionMap mean = new AttentionMap(layer).averaged();
        assertEquals(new Shape(3, 4), mean.outputShape(shapes));
        assertArrayEquals(
                Matrices.values(pass.averageWeights()),
                Matrices.values(mean.bind(shapes, Workspace.inference(2)).forward(inputs)));
    }

    /** A mask of what is hidden is one of minus infinity where it is, and null is none. */
    @Test
    void masksOfFlagsAndOfNumbersAgree() {
        MultiheadAttention layer = attention();
        AttentionPass pass = layer.bind(new Shape(3, 6), Workspace.inference(2));
        Matrix x = Matrices.gaussian(2, 18, 1);
        float[] open = Matrices.values(pass.forward(x));
        boolean[][] later = {{false, true, true}, {false, false, true}, {false, false, false}};
        pass.attnMask(later);
        float[] masked = Matrices.values(pass.forward(x));
        assertEquals(0, pass.weights().at(0, 1));
        Matrix numbers = Matrix.zeros(2 * 2 * 3, 3);
        for (int i = 0; i < 36; i++) {
            numbers.data()[i] = later[i / 3 % 3][i % 3] ? Float.NEGATIVE_INFINITY : 0;
        }
        pass.attnMask(numbers);
        assertArrayEquals(masked, Matrices.values(pass.forward(x)));
        pass.attnMask((Matrix) null);
        assertArrayEquals(open, Matrices.values(pass.forward(x)));
    }
}
