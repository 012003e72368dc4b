package io.github.lanewise.nn.conv;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayersOfPyTorch;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Pools, paddings and transposed convolutions against PyTorch and central differences. */
class PoolsAndPaddingsTest extends LayersOfPyTorch {

    @Override
    protected Map<String, Supplier<Layer>> table() {
        Map<String, Supplier<Layer>> all = new LinkedHashMap<>();
        all.put("global average pool", GlobalAvgPool::new);
        all.put("global max pool", GlobalMaxPool::new);
        all.put("max pool 1d", () -> new MaxPool1d(3).stride(2).padding(1).dilation(2).ceilMode());
        all.put(
                "avg pool 1d",
                () -> new AvgPool1d(3).stride(2).padding(1).ceilMode().countIncludePad(false));
        all.put("adaptive max pool 1d", () -> new AdaptiveMaxPool1d(4));
        all.put("adaptive avg pool 1d", () -> new AdaptiveAvgPool1d(4));
        all.put("adaptive max pool 2d", () -> new AdaptiveMaxPool2d(3, 4));
        all.put("upsample nearest", () -> new Upsample(3));
        all.put("upsample bilinear", () -> new Upsample(3).bilinear());
        all.put(
                "upsample bilinear, corners aligned",
                () -> new Upsample(2).bilinear().alignCorners());
        all.put("upsample linear", () -> new Upsample(2).bilinear());
        all.put("pixel shuffle", () -> new PixelShuffle(2));
        all.put("pixel unshuffle", () -> new PixelUnshuffle(2));
        all.put("zero pad 2d", () -> new ZeroPad2d(1, 2, 3, 0));
        all.put("crop 2d", () -> new ZeroPad2d(-1, 2, -2, -1));
        all.put("zero pad 1d", () -> new ZeroPad1d(3, 1));
        all.put("reflect pad 2d", () -> new ReflectionPad2d(1, 2, 3, 4));
        all.put("reflect pad 1d", () -> new ReflectionPad1d(3, 1));
        all.put("replicate pad 2d", () -> new ReplicationPad2d(1, 2, 3, 4));
        all.put("replicate pad 1d", () -> new ReplicationPad1d(3, 1));
        all.put("circular pad 2d", () -> new CircularPad2d(1, 2, 3, 4));
        all.put("circular pad 1d", () -> new CircularPad1d(3, 1));
        all.put(
                "conv transpose 1d",
                () ->
                        new ConvTranspose1d(4, 6, 4)
                                .stride(3)
                                .padding(1)
                                .outputPadding(2)
                                .groups(2)
                                .dilation(2));
        all.put("conv 1d same", () -> new Conv1d(4, 5, 4).samePadding().dilation(3));
        all.put("conv 1d causal", () -> new Conv1d(4, 5, 3).dilation(2).causalPadding());
        all.put("conv 1d unequal", () -> new Conv1d(4, 5, 3).padding(0, 3).stride(2));
        all.put("conv 2d same", () -> new Conv2d(3, 5, 4, 3).samePadding());
        all.put("conv 2d unequal", () -> new Conv2d(3, 5, 3).padding(1, 3, 0, 2).stride(2, 1));
        return all;
    }

    /** With 16 channels the convolution goes by Winograd's algorithm. */
    @Test
    void unequalPaddingIsThatOfALayerBefore() {
        Conv2d alone = new Conv2d(16, 16, 3).padding(0, 2, 1, 3);
        Conv2d after = new Conv2d(16, 16, 3);
        assign(after.weight(), alone.weight().value());
        assign(after.bias(), alone.bias().value());
        Layer both = new Sequential(new ZeroPad2d(1, 3, 0, 2), after);
        Shape shape = new Shape(16, 13, 12);
        Matrix x = gaussian(2, shape.features(), 1);
        Pass first = alone.bind(shape, Workspace.training(2));
        Pass second = both.bind(shape, Workspace.training(2));
        float[] y = values(first.forward(x));
        assertArrayEquals(values(second.forward(x)), y, 1e-5f);
        Matrix dy = gaussian(2, y.length / 2, 2);
        assertArrayEquals(values(second.backward(dy)), values(first.backward(dy)), 1e-5f);
        assertArrayEquals(
                values(after.weight().gradient()), values(alone.weight().gradient()), 1e-3f);
    }

    @Test
    void maxPoolsTakeTheGradientOfAReluBefore() {
        Layer model = new Sequential(new Conv1d(2, 3, 2), new ReLU(), new MaxPool1d(2));
        GradientCheck.Result result = GradientCheck.of(model, new Shape(2, 9), 3, 1);
        assertTrue(result.passed(), result::toString);
        Layer global = new Sequential(new Conv2d(2, 3, 2), new ReLU(), new GlobalMaxPool());
        GradientCheck.Result whole = GradientCheck.of(global, new Shape(2, 5, 4), 3, 1);
        assertTrue(whole.passed(), whole::toString);
    }

    @Test
    void optionsSayWhatPyTorchCallsThem() {
        assertEquals("same", new Conv1d(1, 1, 4).samePadding().options().get("padding"));
        assertEquals(List.of(0, 3), new Conv1d(1, 1, 4).padding(0, 3).options().get("padding"));
        assertEquals(
                List.of(1, 2, 3, 4),
                new Conv2d(1, 1, 4).padding(1, 2, 3, 4).options().get("padding"));
        assertEquals(2, new Conv1d(1, 1, 4).padding(2).options().get("padding"));
        assertEquals("ZeroPad2d(1, 2, 3, 0)", new ZeroPad2d(1, 2, 3, 0).toString());
        assertEquals(
                "Conv1d(1 -> 1, kernel 4, causal padding)",
                new Conv1d(1, 1, 4).causalPadding().toString());
        assertEquals("Upsample(2, bilinear)", new Upsample(2).bilinear().toString());
    }

    static Stream<Executable> wrong() {
        Shape image = new Shape(3, 4, 4);
        return Stream.of(
                () -> new ReflectionPad2d(4).outputShape(image),
                () -> new CircularPad2d(5).outputShape(image),
                () -> new ZeroPad2d(-2).outputShape(image),
                () -> new ZeroPad1d(1).outputShape(image),
                () -> new PixelShuffle(2).outputShape(image),
                () -> new PixelUnshuffle(3).outputShape(image),
                () -> new PixelShuffle(0),
                () -> new Upsample(0),
                () -> new Upsample(2).outputShape(new Shape(5)),
                () -> new GlobalAvgPool().outputShape(new Shape(5)),
                () -> new MaxPool1d(2).padding(2),
                () -> new AdaptiveMaxPool2d(0),
                () -> new ConvTranspose1d(2, 2, 3).outputPadding(1).outputShape(new Shape(2, 4)),
                () -> new Conv1d(1, 1, 3).samePadding().stride(2).outputShape(new Shape(1, 9)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDoesNotFitIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    @Test
    void theTextOfAPoolNamesItsOptions() {
        assertEquals("AvgPool1d(kernel 3, stride 3)", new AvgPool1d(3).toString());
        assertEquals(
                "AvgPool1d(kernel 3, stride 2, padding 1, ceil mode, padding not counted)",
                new AvgPool1d(3).stride(2).padding(1).ceilMode().countIncludePad(false).toString());
    }
}
