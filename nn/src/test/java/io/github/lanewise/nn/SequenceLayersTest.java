package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.AttentionPass;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SequenceLayersTest {

    @Test
    void shapeErrorsNameTheNumbers() {
        assertFails(
                "LSTM(28 -> 8): input is 784; it must be a sequence, steps x 28",
                () -> new LSTM(28, 8).outputShape(new Shape(784)));
        assertFails(
                "GRU(28 -> 8, 2 layers, bidirectional, last output): input is 28x27, with 27"
                        + " features a step; the layer takes 28",
                () ->
                        new GRU(28, 8)
                                .numLayers(2)
                                .bidirectional()
                                .lastOutput()
                                .outputShape(new Shape(28, 27)));
        assertFails(
                "LayerNorm(4x6): input is 3x6; its last dimensions must be 4x6",
                () -> new LayerNorm(4, 6).outputShape(new Shape(3, 6)));
        assertFails(
                "GroupNorm: 6 channels in 4 groups; groups must divide channels",
                () -> new GroupNorm(4, 6));
        assertFails(
                "MultiheadAttention: 10 features for 3 heads; heads must divide features",
                () -> new MultiheadAttention(10, 3));
        assertFails(
                "LearnedEncoding(4, 6): input is 5x6, with 5 steps; the layer knows 4",
                () -> new LearnedEncoding(4, 6).outputShape(new Shape(5, 6)));
        assertFails(
                "Patches(5x5): input is 1x28x28; the patches must divide its height and width",
                () -> new Patches(5, 5).outputShape(new Shape(1, 28, 28)));
    }

    @Test
    void whatIsNoIndexIsNamed() {
        Pass pass = new Embedding(5, 2).bind(new Shape(3), Workspace.training(2));
        for (float wrong : new float[] {5, -1, 1.5f, Float.NaN}) {
            assertFails(
                    "forward: Embedding(5, 2): index at position 1 of sample 1 is "
                            + wrong
                            + "; it must be a whole number from 0 to 4",
                    () -> pass.forward(Matrix.of(new float[] {0, 1, 2, 3, wrong, 4}, 2, 3)));
        }
    }

    @Test
    void paddingStartsAtZeroAndRowsNotUsedGetNoGradient() {
        Embedding layer = new Embedding(4, 2).paddingIdx(3);
        assertEquals(0f, layer.weight().value().at(3, 0));
        Arrays.fill(layer.weight().gradient().data(), Float.NaN);
        Pass pass = layer.bind(new Shape(3), Workspace.training(1));
        pass.forward(Matrix.row(2, 3, 2));
        pass.backward(Matrix.row(1, 2, 3, 4, 5, 6));
        assertArrayEquals(new float[] {0, 0, 0, 0, 6, 8, 0, 0}, layer.weight().gradient().data());
    }

    @Test
    void inferenceGivesTheBitsOfTraining() {
        Shape shape = new Shape(5, 6);
        for (Layer layer : sequenceLayers()) {
            Matrix x = Matrices.gaussian(3, 30, 1);
            float[] trained = Matrices.values(layer.bind(shape, Workspace.training(3)).forward(x));
            Pass inference = layer.bind(shape, Workspace.inference(3));
            assertArrayEquals(trained, Matrices.values(inference.forward(x)), layer.toString());
            assertThrows(IllegalStateException.class, () -> inference.backward(x));
        }
    }

    private static List<Layer> sequenceLayers() {
        return List.of(
                new LayerNorm(6),
                new RMSNorm(5, 6),
                new GroupNorm(5, 5),
                new RNN(6, 3).bidirectional(),
                new LSTM(6, 3).numLayers(2).lastOutput(),
                new GRU(6, 3),
                new MultiheadAttention(6, 2).causal(),
                new TransformerEncoderLayer(6, 3, 4).dropout(0));
    }

    @Test
    void batchesWithPaddingGiveTheSameBits() {
        Shape shape = new Shape(5, 6);
        Matrix x = Matrices.gaussian(3, 30, 1);
        float[] loose = new float[3 * 37];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(x.data(), i * 30, loose, 2 + i * 35, 30);
        }
        Matrix padded = new Matrix(loose, 2, 3, 30, 35);
        for (Layer layer : sequenceLayers()) {
            Workspace workspace = Workspace.training(3);
            Matrix y = layer.bind(shape, workspace).forward(x);
            Matrix same = layer.bind(shape, workspace).forward(padded);
            assertArrayEquals(Matrices.values(y), Matrices.values(same), layer.toString());
        }
    }

    /** Sample 0 has keys, sample 1 none: its outputs are the bias, and it gives no gradient. */
    @Test
    void aQueryThatSeesNoKeyGetsNothingAndGivesFiniteGradients() {
        for (int steps : new int[] {3, 17}) {
            MultiheadAttention layer = new MultiheadAttention(6, 2);
            Workspace workspace = Workspace.training(2);
            AttentionPass pass = layer.bind(new Shape(steps, 6), workspace);
            boolean[][] ignored = new boolean[2][steps];
            Arrays.fill(ignored[1], true);
            pass.keyPaddingMask(ignored);
            Matrix y = pass.forward(Matrices.gaussian(2, steps * 6, 1));
            Matrix dx = pass.backward(Matrices.gaussian(2, steps * 6, 2));
            for (int j = 0; j < steps * 6; j++) {
                assertEquals(
                        layer.parameters().get("out_proj.bias").value().at(0, j % 6), y.at(1, j));
                assertTrue(dx.at(0, j) != 0);
                assertEquals(0f, dx.at(1, j) + 0f);
            }
            for (Param parameter : layer.parameters().values()) {
                for (float g : Matrices.values(parameter.gradient())) {
                    assertTrue(Float.isFinite(g));
                }
            }
            assertEquals(0f, pass.averageWeights().at(steps, 0));
        }
    }

    @Test
    void causalAttentionDoesNotSeeLaterSteps() {
        Layer layer = new MultiheadAttention(6, 2).causal();
        Pass pass = layer.bind(new Shape(5, 6), Workspace.inference(1));
        Matrix x = Matrices.gaussian(1, 30, 1);
        float[] before = Matrices.values(pass.forward(x));
        x.data()[29] += 1;
        float[] after = Matrices.values(pass.forward(x));
        assertArrayEquals(Arrays.copyOf(before, 24), Arrays.copyOf(after, 24));
        assertTrue(before[24] != after[24]);
    }

    @Test
    void lastOutputIsTheLastStep() {
        GRU all = new GRU(6, 3);
        GRU last = new GRU(6, 3).lastOutput();
        Matrix x = Matrices.gaussian(2, 30, 1);
        all.initialize(1);
        last.initialize(1);
        Matrix y = all.bind(new Shape(5, 6), Workspace.inference(2)).forward(x);
        Matrix h = last.bind(new Shape(5, 6), Workspace.inference(2)).forward(x);
        assertArrayEquals(Matrices.values(Projection.columns(y, 12, 3)), Matrices.values(h));
    }

    @Test
    void stackedLayersAreLayersOneAfterAnother() {
        LSTM stack = new LSTM(6, 4).numLayers(2).bidirectional();
        LSTM below = new LSTM(6, 4).bidirectional();
        LSTM above = new LSTM(8, 4).bidirectional();
        List<Param> ofStack = List.copyOf(stack.parameters().values());
        List<Param> ofBoth = new ArrayList<>(below.parameters().values());
        ofBoth.addAll(above.parameters().values());
        for (int i = 0; i < ofStack.size(); i++) {
            Matrices.assign(ofBoth.get(i), ofStack.get(i).value());
        }
        Matrix x = Matrices.gaussian(3, 30, 1);
        Matrix dy = Matrices.gaussian(3, 40, 2);
        Pass one = stack.bind(new Shape(5, 6), Workspace.training(3));
        Pass two = new Sequential(below, above).bind(new Shape(5, 6), Workspace.training(3));
        assertArrayEquals(Matrices.values(two.forward(x)), Matrices.values(one.forward(x)));
        assertArrayEquals(Matrices.values(two.backward(dy)), Matrices.values(one.backward(dy)));
        for (int i = 0; i < ofStack.size(); i++) {
            assertArrayEquals(
                    Matrices.values(ofBoth.get(i).gradient()),
                    Matrices.values(ofStack.get(i).gradient()));
        }
    }

    @Test
    void patchesAreCutRowByRow() {
        Pass pass = new Patches(2, 2).bind(new Shape(1, 4, 4), Workspace.training(1));
        float[] image = new float[16];
        for (int i = 0; i < 16; i++) {
            image[i] = i;
        }
        Matrix patches = pass.forward(Matrix.row(image));
        assertArrayEquals(
                new float[] {0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15},
                Matrices.values(patches));
        assertArrayEquals(image, Matrices.values(pass.backward(patches)));
    }

    @Test
    void encoderParametersHavePyTorchsNames() {
        assertEquals(
                List.of(
                        "self_attn.in_proj_weight",
                        "self_attn.in_proj_bias",
                        "self_attn.out_proj.weight",
                        "self_attn.out_proj.bias",
                        "linear1.weight",
                        "linear1.bias",
                        "linear2.weight",
                        "linear2.bias",
                        "norm1.weight",
                        "norm1.bias",
                        "norm2.weight",
                        "norm2.bias"),
                List.copyOf(new TransformerEncoderLayer(6, 2, 9).parameters().keySet()));
    }

    private static void assertFails(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
