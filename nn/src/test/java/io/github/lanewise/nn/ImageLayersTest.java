package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.ConvolutionLayer;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Convolution, pooling and batch normalization as layers: gradients, shapes, fusion, complaints.
 */
class ImageLayersTest {

    private static final Shape IMAGE = new Shape(2, 6, 7);
    private static final Shape SEQUENCE = new Shape(4, 9);

    static Stream<Arguments> layers() {
        return Stream.of(
                arguments(new Conv2d(2, 3, 3), IMAGE),
                arguments(new Conv2d(2, 9, 2, 3).stride(2, 1).padding(1, 2).withoutBias(), IMAGE),
                arguments(new Conv2d(2, 4, 2).dilation(2, 3).groups(2), IMAGE),
                arguments(new Conv1d(4, 6, 3).stride(2).padding(1).groups(2), SEQUENCE),
                arguments(new Conv1d(4, 3, 2).dilation(3).withoutBias(), SEQUENCE),
                arguments(new ConvTranspose2d(2, 3, 3), IMAGE),
                arguments(
                        new ConvTranspose2d(2, 4, 3, 2)
                                .stride(2)
                                .padding(1)
                                .outputPadding(1, 0)
                                .groups(2)
                                .withoutBias(),
                        IMAGE),
                arguments(new MaxPool2d(2), IMAGE),
                arguments(new MaxPool2d(3).stride(2).padding(1).ceilMode(), IMAGE),
                arguments(new AvgPool2d(3).stride(2).padding(1).ceilMode(), IMAGE),
                arguments(new AvgPool2d(3, 2).padding(1).countIncludePad(false), IMAGE),
                arguments(new AdaptiveAvgPool2d(1), IMAGE),
                arguments(new AdaptiveAvgPool2d(4, 3), IMAGE),
                arguments(new BatchNorm2d(2), IMAGE),
                arguments(new BatchNorm2d(2).frozen(true), IMAGE),
                arguments(new BatchNorm2d(2).withoutAffine().eps(0.1f), IMAGE),
                arguments(new BatchNorm1d(4), SEQUENCE),
                arguments(new BatchNorm1d(7), new Shape(7)),
                arguments(network(), IMAGE));
    }

    private static Sequential network() {
        return new Sequential(
                new Conv2d(2, 5, 3),
                new ReLU(),
                new MaxPool2d(2),
                new ReLU(),
                new BatchNorm2d(5),
                new ReLU(),
                new Flatten(),
                new Linear(20, 3));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardAgreesWithCentralDifferences(Layer layer, Shape input) {
        GradientCheck.Result result = GradientCheck.of(layer, input, 4, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void fusedActivationsGiveTheBitsOfSeparateLayers() {
        for (MaxPool2d pool : List.of(new MaxPool2d(2), new MaxPool2d(3).stride(1))) {
            Layer[] layers = {
                new Conv2d(2, 5, 3).padding(1),
                new ReLU(),
                pool,
                new ReLU(),
                new ConvTranspose2d(5, 4, 2),
                new ReLU(),
                new BatchNorm2d(4),
                new ReLU()
            };
            Layer[] separate = new Layer[layers.length];
            for (int i = 0; i < layers.length; i++) {
                separate[i] = new Unfused(layers[i]);
            }
            assertSameBits(run(new Sequential(layers)), run(new Sequential(separate)));
        }
    }

    /** Returns outputs, input gradient and all parameter gradients after one step. */
    private static float[][] run(Layer model) {
        model.parameters().values().forEach(Param::clearGradient);
        Pass pass = model.bind(IMAGE, Workspace.training(3));
        float[] outputs = values(pass.forward(gaussian(3, IMAGE.features(), 1)));
        Matrix dy = gaussian(3, model.outputShape(IMAGE).features(), 2);
        float[] dx = values(pass.backward(dy));
        Stream<float[]> gradients =
                model.parameters().values().stream().map(p -> values(p.gradient()));
        return Stream.concat(Stream.of(outputs, dx), gradients).toArray(float[][]::new);
    }

    private static void assertSameBits(float[][] expected, float[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i]);
        }
    }

    @Test
    void gradientsAddUpOverPasses() {
        Conv2d layer = new Conv2d(2, 3, 3);
        Pass pass = layer.bind(IMAGE, Workspace.training(3));
        Matrix dy = gaussian(3, layer.outputShape(IMAGE).features(), 2);
        pass.forward(gaussian(3, IMAGE.features(), 1));
        pass.backward(dy);
        float[] once = values(layer.bias().gradient());
        pass.backward(dy);
        float[] twice = values(layer.bias().gradient());
        for (int i = 0; i < once.length; i++) {
            assertEquals(2 * once[i], twice[i], 1e-5 * Math.abs(once[i]));
        }
    }

    @Test
    void trainingMovesRunningStatisticsAndInferenceReadsThem() {
        BatchNorm1d layer = new BatchNorm1d(1).momentum(0.5f);
        layer.bind(new Shape(1), Workspace.training(4))
                .forward(Matrix.of(new float[] {1, 2, 3, 6}, 4, 1));
        // mean 3, unbiased variance 14 / 3
        assertEquals(1.5f, layer.runningMean().value().at(0, 0));
        assertEquals(0.5f + 7 / 3f, layer.runningVar().value().at(0, 0), 1e-6f);
        Pass inference = layer.bind(new Shape(1), Workspace.inference(1));
        float y = inference.forward(Matrix.of(new float[] {1.5f}, 1, 1)).at(0, 0);
        assertEquals(0f, y);
        assertEquals(1.5f, layer.runningMean().value().at(0, 0));
        assertEquals(List.of("running_mean", "running_var"), List.copyOf(layer.states().keySet()));
    }

    /** As in PyTorch: a window that begins inside the image counts, though it ends outside. */
    @Test
    void ceilModeTakesImagesSmallerThanTheWindow() {
        Matrix x = Matrix.of(new float[] {1, 4, 2, 3}, 1, 4);
        Shape image = new Shape(1, 2, 2);
        Layer largest = new MaxPool2d(3).ceilMode();
        assertEquals(new Shape(1, 1, 1), largest.outputShape(image));
        assertEquals(4f, largest.bind(image, Workspace.inference(1)).forward(x).at(0, 0));
        Layer mean = new AvgPool2d(3).ceilMode();
        assertEquals(2.5f, mean.bind(image, Workspace.inference(1)).forward(x).at(0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MaxPool2d(9).stride(2).ceilMode().outputShape(image));
    }

    @Test
    void frozenLayerLeavesStatistics() {
        BatchNorm2d layer = new BatchNorm2d(2);
        layer.frozen(true)
                .bind(IMAGE, Workspace.training(3))
                .forward(gaussian(3, IMAGE.features(), 1));
        assertArrayEquals(new float[] {0, 0}, layer.runningMean().value().data());
    }

    @Test
    void firstValuesAreBoundedByTheFanIn() {
        float bound = (float) (1 / Math.sqrt(3 * 5 * 5));
        for (ConvolutionLayer layer :
                List.of(new Conv2d(6, 8, 5).groups(2), new ConvTranspose2d(8, 6, 5).groups(2))) {
            float largest = 0;
            for (float value : layer.weight().value().data()) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertTrue(largest <= bound && largest > 0.9f * bound, layer + ": " + largest);
        }
    }

    @Test
    void layersPrintWhatDiffersFromTheDefault() {
        assertEquals("Conv2d(1 -> 16, kernel 5x5)", new Conv2d(1, 16, 5).toString());
        assertEquals(
                "Conv2d(4 -> 8, kernel 3x1, stride 2x2, padding 1x0, 4 groups, no bias)",
                new Conv2d(4, 8, 3, 1).stride(2).padding(1, 0).groups(4).withoutBias().toString());
        assertEquals(
                "Conv1d(2 -> 3, kernel 4, dilation 2)", new Conv1d(2, 3, 4).dilation(2).toString());
        assertEquals(
                "ConvTranspose2d(2 -> 3, kernel 4x4, stride 2x2, output padding 1x1)",
                new ConvTranspose2d(2, 3, 4).stride(2).outputPadding(1).toString());
        assertEquals("MaxPool2d(kernel 2x2)", new MaxPool2d(2).toString());
        assertEquals(
                "AvgPool2d(kernel 3x3, padding 1x1, stride 1x1, padding not counted)",
                new AvgPool2d(3).stride(1).padding(1).countIncludePad(false).toString());
        assertEquals("AdaptiveAvgPool2d(1x1)", new AdaptiveAvgPool2d(1).toString());
        assertEquals("BatchNorm1d(3, frozen)", new BatchNorm1d(3).frozen(true).toString());
    }

    @Test
    void badShapesAreNamed() {
        assertRejected(
                "Conv2d(3 -> 4, kernel 3x3): input has 2 channels, the layer takes 3",
                new Conv2d(3, 4, 3),
                IMAGE);
        assertRejected(
                "Conv2d(2 -> 4, kernel 3x3): input is 84, the layer takes images: channels x height"
                        + " x width; give the input that shape",
                new Conv2d(2, 4, 3),
                new Shape(84));
        assertRejected(
                "Conv2d(2 -> 4, kernel 7x7): input is 2x6x7, smaller than the kernel; pad it, or"
                        + " take a smaller kernel",
                new Conv2d(2, 4, 7),
                IMAGE);
        assertRejected(
                "ConvTranspose2d(2 -> 3, kernel 3x3, output padding 1x1): output padding is 1; it"
                        + " must be 0 or more and smaller than stride or dilation",
                new ConvTranspose2d(2, 3, 3).outputPadding(1),
                IMAGE);
        assertRejected(
                "BatchNorm2d(3): input has 2 channels, the layer takes 3",
                new BatchNorm2d(3),
                IMAGE);
        assertRejected(
                "MaxPool2d(kernel 8x8): input is 2x6x7, smaller than the kernel; pad it, or take a"
                        + " smaller kernel",
                new MaxPool2d(8),
                IMAGE);
    }

    private static void assertRejected(String message, Layer layer, Shape input) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> layer.bind(input, Workspace.training(4)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void badNumbersAreRefusedWhenTheLayerIsMade() {
        assertThrows(IllegalArgumentException.class, () -> new Conv2d(3, 4, 3).groups(2));
        assertThrows(IllegalArgumentException.class, () -> new Conv2d(3, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> new Conv2d(3, 4, 3).stride(0));
        assertThrows(IllegalArgumentException.class, () -> new MaxPool2d(2).padding(2));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm1d(0));
        assertThrows(IllegalArgumentException.class, () -> new AdaptiveAvgPool2d(0));
    }

    @Test
    void oneValueForEachChannelCannotBeTrained() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new BatchNorm1d(3).bind(new Shape(3), Workspace.training(1)));
        assertEquals(
                "BatchNorm1d(3): a batch of 1 sample with one value for each channel has no"
                        + " variance; train on batches of 2 samples or more, and if only the last"
                        + " one of an epoch has 1, drop it",
                e.getMessage());
    }

    /** A layer behind a wrapper that is neither {@link Fusible} nor a {@link Nonlinearity}. */
    private record Unfused(Layer layer) implements Layer {

        @Override
        public Shape outputShape(Shape input) {
            return layer.outputShape(input);
        }

        @Override
        public SequencedMap<String, Param> parameters() {
            return layer.parameters();
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            return layer.bind(input, workspace);
        }
    }
}
