package io.github.lanewise.nn.layer;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.SameDraws;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Layers that draw random numbers while training. */
class RandomLayersTest {

    private static final int BATCH = 200;
    private static final Shape IMAGE = new Shape(6, 2, 5);
    private static final Shape SERIES = new Shape(6, 10);

    /** A layer, and the shape of what it takes. */
    record Drawn(String name, Shape shape, Supplier<Stochastic> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Drawn> layers() {
        return Stream.of(
                new Drawn("Dropout1d", SERIES, () -> new Dropout1d(0.3f)),
                new Drawn("Dropout2d", IMAGE, () -> new Dropout2d(0.3f)),
                new Drawn("DropPath", IMAGE, () -> new DropPath(0.3f)),
                new Drawn("AlphaDropout", SERIES, () -> new AlphaDropout(0.3f)),
                new Drawn("FeatureAlphaDropout", SERIES, () -> new FeatureAlphaDropout(0.3f)),
                new Drawn("GaussianNoise", SERIES, () -> new GaussianNoise(0.7f)),
                new Drawn("Reparameterize", SERIES, Reparameterize::new));
    }

    private static Matrix inputs() {
        return gaussian(BATCH, IMAGE.features(), 1);
    }

    private static float[] train(Stochastic layer, Shape shape) {
        return values(layer.bind(shape, Workspace.training(BATCH)).forward(inputs()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachCallDrawsAnewAndDrawsBringsItBack(Drawn drawn) {
        Stochastic layer = drawn.maker.get();
        float[] first = train(layer, drawn.shape);
        float[] second = train(layer, drawn.shape);
        assertFalse(Arrays.equals(first, second));
        assertEquals(2, layer.draws());
        layer.draws(1);
        assertArrayEquals(second, train(layer, drawn.shape));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void seedAndPathGiveEachLayerAStreamOfItsOwn(Drawn drawn) {
        Stochastic first = drawn.maker.get();
        Stochastic second = drawn.maker.get();
        Layer model = new Sequential(first, second);
        model.initialize(7);
        assertEquals(7, second.seed());
        float[] ofFirst = train(first, drawn.shape);
        assertFalse(Arrays.equals(ofFirst, train(second, drawn.shape)));
        model.initialize(8);
        assertFalse(Arrays.equals(ofFirst, train(first, drawn.shape)));
        model.initialize(7);
        assertArrayEquals(ofFirst, train(first, drawn.shape));
    }

    /** The same numbers at every forward call, so that differences can be taken. */
    @ParameterizedTest
    @MethodSource("layers")
    void backwardAgreesWithCentralDifferences(Drawn drawn) {
        SameDraws layer = new SameDraws(drawn.maker.get());
        GradientCheck.Result result = GradientCheck.of(layer, drawn.shape, 4, 1);
        assertTrue(result.passed(), result::toString);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void inferenceDrawsNothing(Drawn drawn) {
        Stochastic layer = drawn.maker.get();
        Matrix x = inputs();
        Pass pass = layer.bind(drawn.shape, Workspace.inference(BATCH));
        Matrix y = pass.forward(x);
        for (int k = 0; k < y.size(); k++) {
            assertEquals(x.at(k / y.cols(), k % y.cols()), y.at(k / y.cols(), k % y.cols()));
        }
        assertEquals(0, layer.draws());
    }

    static Stream<Drawn> blocks() {
        return layers().filter(drawn -> drawn.maker.get() instanceof BlockDropout);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blocksAreDroppedAsAWhole(Drawn drawn) {
        BlockDropout layer = (BlockDropout) drawn.maker.get();
        float[] x = values(inputs());
        float[] y = train(layer, drawn.shape);
        int n = IMAGE.features() / layer.blocks(drawn.shape);
        int dropped = 0;
        for (int block = 0; block < y.length / n; block++) {
            boolean gone = y[block * n] == 0;
            dropped += gone ? 1 : 0;
            for (int j = block * n; j < block * n + n; j++) {
                assertEquals(gone ? 0 : x[j] * (1 / 0.7f), y[j], 1e-6f);
            }
        }
        int all = y.length / n;
        assertEquals(0.3 * all, dropped, 5 * Math.sqrt(0.21 * all));
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        float[] y = train(new AlphaDropout(0.3f), SERIES);
        double mean = 0;
        double square = 0;
        for (float value : y) {
            mean += value / y.length;
            square += (double) value * value / y.length;
        }
        assertEquals(0, mean, 0.05);
        assertEquals(1, square - mean * mean, 0.06);
        float a =
                (float) (1 / Math.sqrt((1.7580993408473766 * 1.7580993408473766 * 0.3 + 1) * 0.7));
        double least = a * 1.7580993408473766 * -0.7;
        long dropped = 0;
        float[] x = values(inputs());
        for (int i = 0; i < y.length; i++) {
            boolean gone = Math.abs(y[i] - least) < 1e-6;
            dropped += gone ? 1 : 0;
            assertEquals(gone ? least : a * (x[i] + 1.7580993408473766 * 0.3), y[i], 1e-5);
        }
        assertEquals(0.3 * y.length, dropped, 5 * Math.sqrt(0.21 * y.length));
    }

    /** One rule for a whole channel, which is that of {@link AlphaDropout}. */
    @Test
    void featureAlphaDropoutDropsChannels() {
        int channels = SERIES.dimension(0);
        float[] y = train(new FeatureAlphaDropout(0.3f), SERIES);
        float[] mask = values(onesThrough(new AlphaDropout(0.3f), new Shape(channels)));
        float[] channelMask = values(onesThrough(new FeatureAlphaDropout(0.3f), SERIES));
        float[] x = values(inputs());
        double scale = 1.7580993408473766;
        float a = (float) (1 / Math.sqrt((scale * scale * 0.3 + 1) * 0.7));
        int n = SERIES.features() / channels;
        int dropped = 0;
        for (int i = 0; i < y.length; i++) {
            assertEquals(mask[i / n], channelMask[i]);
            boolean gone = mask[i / n] < 0;
            dropped += gone && i % n == 0 ? 1 : 0;
            assertEquals(gone ? a * scale * -0.7 : a * (x[i] + scale * 0.3), y[i], 1e-5);
        }
        assertTrue(dropped > 0 && dropped < BATCH * channels, "dropped " + dropped);
    }

    private static Matrix onesThrough(Layer layer, Shape shape) {
        Matrix ones = Matrix.zeros(BATCH, shape.features());
        Arrays.fill(ones.data(), 1);
        return layer.bind(shape, Workspace.training(BATCH)).forward(ones);
    }

    @Test
    void noiseIsNormal() {
        float[] y = train(new GaussianNoise(0.7f), SERIES);
        float[] x = values(inputs());
        double mean = 0;
        double square = 0;
        double fourth = 0;
        for (int i = 0; i < y.length; i++) {
            double noise = (y[i] - x[i]) / 0.7;
            mean += noise / y.length;
            square += noise * noise / y.length;
            fourth += Math.pow(noise, 4) / y.length;
        }
        assertEquals(0, mean, 5 / Math.sqrt(y.length));
        assertEquals(1, square, 5 * Math.sqrt(2.0 / y.length));
        assertEquals(3, fourth, 5 * Math.sqrt(96.0 / y.length));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new Dropout1d(1.1f),
                () -> new Dropout2d(-0.1f),
                () -> new AlphaDropout(Float.NaN),
                () -> new FeatureAlphaDropout(1.5f),
                () -> new GaussianNoise(-1),
                () -> new Dropout2d().outputShape(SERIES),
                () -> new Dropout1d().outputShape(IMAGE),
                () -> new Reparameterize().outputShape(new Shape(3)),
                () -> new GLU(-1),
                () -> new SwiGLU().outputShape(new Shape(4, 3)),
                () -> new GLU(1).outputShape(new Shape(4)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDoesNotFitIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
