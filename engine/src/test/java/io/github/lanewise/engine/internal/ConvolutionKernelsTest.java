package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions of the chosen set against the scalar one, bit for bit, and against double. */
@Tag("contract")
class ConvolutionKernelsTest {

    private static final int[] THREADS = {1, 2, 3, 7};

    private static final int IMAGES = 3;

    private static final int WINOGRAD_STEPS = 60;

    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    static List<Convolution> shapes() {
        return WindowShapes.ALL;
    }

    static List<Convolution> small() {
        return List.of(
                WindowShapes.ALL.get(6),
                WindowShapes.STRIDED.get(1),
                WindowShapes.WINOGRAD.get(1),
                WindowShapes.WINOGRAD.get(5),
                WindowShapes.POINTWISE.get(0),
                WindowShapes.POINTWISE.get(1));
    }

    /** Operands of all three directions, inside guarded arrays. */
    private record Operands(Convolution shape, Matrix x, Matrix weight, Matrix dy, Matrix bias) {

        static Operands of(Convolution shape, Values values, long seed) {
            return of(shape, IMAGES, values, seed);
        }

        static Operands of(Convolution shape, int images, Values values, long seed) {
            Window window = shape.window();
            return new Operands(
                    shape,
                    Rig.matrix(images, shape.inChannels() * window.inputs(), 3, values, seed),
                    Rig.matrix(shape.outChannels(), shape.depth(), 2, values, seed + 1),
                    Rig.matrix(images, shape.outChannels() * window.outputs(), 1, values, seed + 2),
                    Rig.matrix(
                            1,
                            Math.max(shape.inChannels(), shape.outChannels()),
                            0,
                            values,
                            seed + 3));
        }

        Matrix bias(int channels) {
            return new Matrix(bias.data(), bias.offset(), 1, channels, channels);
        }

        List<Epilogue> epilogues(int channels, Matrix saved) {
            return List.of(
                    Epilogue.NONE,
                    Epilogue.activate(bias(channels), Activation.RELU),
                    Epilogue.gradient(Activation.RELU, saved));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void convolutionMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            Operands o = Operands.of(shape, values, 5);
            Matrix y = Rig.matrix(IMAGES, o.dy.cols(), 2, values, 9);
            for (Epilogue epilogue : o.epilogues(shape.outChannels(), o.dy)) {
                Matrix expected = Rig.copy(y);
                REFERENCE.convolve(shape, o.x, o.weight, expected, epilogue);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(y);
                    on(threads).convolve(shape, o.x, o.weight, actual, epilogue);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void weightGradientMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            Operands o = Operands.of(shape, values, 6);
            for (float beta : new float[] {0, 1}) {
                Matrix expected = Rig.copy(o.weight);
                REFERENCE.convolveWeightGradient(shape, o.x, o.dy, beta, expected);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(o.weight);
                    on(threads).convolveWeightGradient(shape, o.x, o.dy, beta, actual);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void weightGradientOfManyImagesIsTheSumOverPieces(Convolution shape) {
        assertSumOverChunks(shape, 40, 32);
        assertSumOverChunks(shape, 70, 32);
    }

    @Test
    void thereAreAtMostEightPieces() {
        assertSumOverChunks(WindowShapes.ALL.get(6), 300, 38);
    }

    private static void assertSumOverChunks(Convolution shape, int batch, int chunk) {
        Operands o = Operands.of(shape, batch, Values.TINY, 6);
        for (float beta : new float[] {0, 1}) {
            Matrix expected = Rig.copy(o.weight);
            for (int from = 0; from < batch; from += chunk) {
                Matrix sum = Matrix.zeros(expected.rows(), expected.cols());
                addChain(o, from, Math.min(batch, from + chunk), sum);
                add(sum, from == 0 && beta == 0, expected);
            }
            Rig.assertFinite("dWeight", expected);
            for (int threads : THREADS) {
                Matrix actual = Rig.copy(o.weight);
                on(threads).convolveWeightGradient(shape, o.x, o.dy, beta, actual);
                Rig.assertSameBits("on " + threads, expected, actual);
            }
        }
    }

    /** Adds up images [from, to) in batches of one chunk; where sums are chains they go on. */
    private static void addChain(Operands o, int from, int to, Matrix sum) {
        for (int i = from; i < to; i += ConvolutionKernels.CHUNK) {
            int images = Math.min(ConvolutionKernels.CHUNK, to - i);
            Matrix x = rows(o.x, i, images);
            Matrix dy = rows(o.dy, i, images);
            REFERENCE.convolveWeightGradient(o.shape, x, dy, i == from ? 0 : 1, sum);
        }
    }

    private static Matrix rows(Matrix x, int from, int count) {
        return new Matrix(x.data(), x.offset() + from * x.ld(), count, x.cols(), x.ld());
    }

    private static void add(Matrix x, boolean first, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            for (int j = 0; j < y.cols(); j++) {
                float before = first ? 0f : y.at(i, j);
                y.data()[y.offset() + i * y.ld() + j] = before + x.at(i, j);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void inputGradientMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            Operands o = Operands.of(shape, values, 7);
            Matrix dx = Rig.matrix(IMAGES, o.x.cols(), 2, values, 9);
            for (Epilogue epilogue : o.epilogues(shape.inChannels(), o.x)) {
                Matrix expected = Rig.copy(dx);
                REFERENCE.convolveInputGradient(shape, o.dy, o.weight, expected, epilogue);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(dx);
                    on(threads).convolveInputGradient(shape, o.dy, o.weight, actual, epilogue);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    /**
     * Products that underflow leave -0 in a chain, and the sum over taps, which starts from 0, 0.
     */
    @ParameterizedTest
    @MethodSource("small")
    void gradientOfTheImageHasNoMinusZero(Convolution shape) {
        Operands o = Operands.of(shape, Values.TINY, 4);
        Arrays.fill(o.weight.data(), 1e-30f);
        Arrays.fill(o.dy.data(), -1e-30f);
        Matrix expected = Rig.copy(o.x);
        Matrix actual = Rig.copy(o.x);
        REFERENCE.convolveInputGradient(shape, o.dy, o.weight, expected, Epilogue.NONE);
        on(1).convolveInputGradient(shape, o.dy, o.weight, actual, Epilogue.NONE);
        Rig.assertSameBits("dx", expected, actual);
    }

    @Test
    void everyDirectionStaysTheSameWhenCompiled() {
        List<Convolution> shapes = new ArrayList<>(WindowShapes.STRIDED);
        shapes.addAll(WindowShapes.ALL.subList(3, 7));
        shapes.addAll(WindowShapes.WINOGRAD);
        for (Convolution shape : shapes) {
            Operands o = Operands.of(shape, Values.TINY, 4);
            Epilogue epilogue = Epilogue.activate(o.bias(shape.outChannels()), Activation.RELU);
            Matrix y = Rig.copy(o.dy);
            Matrix dWeight = Rig.copy(o.weight);
            Matrix dx = Rig.copy(o.x);
            REFERENCE.convolve(shape, o.x, o.weight, y, epilogue);
            REFERENCE.convolveWeightGradient(shape, o.x, o.dy, 0, dWeight);
            REFERENCE.convolveInputGradient(shape, o.dy, o.weight, dx, Epilogue.NONE);
            Matrix actualY = Rig.copy(o.dy);
            Matrix actualWeight = Rig.copy(o.weight);
            Matrix actualDx = Rig.copy(o.x);
            for (int call = 0; call < 400; call++) {
                on(1).convolve(shape, o.x, o.weight, actualY, epilogue);
                on(1).convolveWeightGradient(shape, o.x, o.dy, 0, actualWeight);
                on(1).convolveInputGradient(shape, o.dy, o.weight, actualDx, Epilogue.NONE);
            }
            Rig.assertSameBits("y after 400 calls", y, actualY);
            Rig.assertSameBits("dWeight after 400 calls", dWeight, actualWeight);
            Rig.assertSameBits("dx after 400 calls", dx, actualDx);
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void weightGradientOfNoImageIsZeroOrWhatWasThere(Convolution shape) {
        Operands some = Operands.of(shape, Values.PLAIN, 3);
        Operands none = Operands.of(shape, 0, Values.PLAIN, 3);
        for (int threads : THREADS) {
            for (float beta : new float[] {0, 1}) {
                on(threads).convolveWeightGradient(shape, some.x, some.dy, 0, some.weight);
                Matrix expected = Rig.copy(some.weight);
                if (beta == 0) {
                    add(Matrix.zeros(expected.rows(), expected.cols()), true, expected);
                }
                on(threads).convolveWeightGradient(shape, none.x, none.dy, beta, some.weight);
                Rig.assertSameBits("on " + threads, expected, some.weight);
            }
        }
    }

    /** As {@link Windows} says, for a window that sees no padding. */
    @Test
    void stridedWeightGradientIsSixteenSumsFolded() {
        Axis axis = Axis.of(13, 1, 1, 0, 1);
        Convolution shape = new Convolution(2, 4, 1, new Window(axis, axis));
        assertTrue(ConvolutionKernels.isStrided(shape));
        Operands o = Operands.of(shape, Values.PLAIN, 2);
        for (float beta : new float[] {0, 1}) {
            Matrix expected = Rig.copy(o.weight);
            for (int row = 0; row < 4; row++) {
                for (int p = 0; p < 2; p++) {
                    float before = beta == 0 ? 0f : o.weight.at(row, p);
                    int at = expected.offset() + row * expected.ld() + p;
                    expected.data()[at] = before + stridedSum(o, row, p, axis.size() * axis.size());
                }
            }
            Matrix actual = Rig.copy(o.weight);
            on(2).convolveWeightGradient(shape, o.x, o.dy, beta, actual);
            Rig.assertSameBits("dWeight", expected, actual);
        }
    }

    private static float stridedSum(Operands o, int row, int channel, int n) {
        float[] sums = new float[16];
        for (int image = 0; image < IMAGES; image++) {
            for (int q = 0; q < n; q++) {
                float seen = o.x.at(image, channel * n + q);
                sums[q % 16] = Math.fma(o.dy.at(image, row * n + q), seen, sums[q % 16]);
            }
        }
        for (int h : new int[] {8, 4, 2, 1}) {
            for (int i = 0; i < h; i++) {
                sums[i] += sums[i + h];
            }
        }
        return sums[0];
    }

    @Test
    void fewTapsThatSeeManyPositionsAreStrided() {
        assertTrue(isStrided(2, 4, 8, 16, 1));
        assertTrue(isStrided(2, 4, 64, 64, 1));
        assertFalse(isStrided(2, 4, 127, 1, 1));
        assertFalse(isStrided(2, 4, 17, 241, 1));
        assertFalse(isStrided(2, 3, 8, 16, 1));
        assertFalse(isStrided(3, 4, 8, 16, 1));
        assertFalse(isStrided(2, 4, 8, 16, 2));
    }

    /** Asks for 4 x 4 taps: 16 for each channel. */
    private static boolean isStrided(int in, int out, int rows, int cols, int dilation) {
        Axis down = new Axis(rows + 3 * dilation, 4, 1, 0, dilation, rows);
        Axis along = new Axis(cols + 3, 4, 1, 0, 1, cols);
        return ConvolutionKernels.isStrided(new Convolution(in, out, 1, new Window(down, along)));
    }

    @Test
    void largeWeightsMakeFewPieces() {
        Axis axis = Axis.of(4, 3, 1, 1, 1);
        Matrix batch = Matrix.zeros(512, 1);
        assertEquals(8, chunks(256, 128, axis, batch));
        assertEquals(3, chunks(256, 512, axis, batch));
        assertEquals(1, chunks(512, 1024, axis, batch));
    }

    private static int chunks(int in, int out, Axis axis, Matrix batch) {
        return ConvolutionKernels.chunks(
                new Convolution(in, out, 1, new Window(axis, axis)), batch);
    }

    @Test
    void shapesTakeEachWay() {
        assertTrue(WindowShapes.STRIDED.stream().allMatch(ConvolutionKernels::isStrided));
        assertTrue(WindowShapes.WINOGRAD.stream().allMatch(Winograd::suits));
    }

    private static Windows on(int threads) {
        return ChosenKernels.onThreads(threads).windows();
    }

    /**
     * Each result against the sum of the same products in double: off by at most one rounding of
     * the sum of magnitudes for each step.
     *
     * <p>A tile of Winograd's algorithm mixes all its elements, and its factors and their inverses
     * are far from 1: some tens of roundings of the largest sum of magnitudes.
     */
    @ParameterizedTest
    @MethodSource("shapes")
    void allDirectionsAreWithinTheRoundingBoundOfDoubleArithmetic(Convolution shape) {
        Operands o = Operands.of(shape, Values.PLAIN, 8);
        Matrix y = Rig.copy(o.dy);
        Matrix dWeight = Rig.copy(o.weight);
        Matrix dx = Rig.copy(o.x);
        on(2).convolve(shape, o.x, o.weight, y, Epilogue.bias(o.bias(shape.outChannels())));
        on(2).convolveWeightGradient(shape, o.x, o.dy, 0, dWeight);
        on(2).convolveInputGradient(shape, o.dy, o.weight, dx, Epilogue.NONE);
        Oracle oracle = new Oracle(o);
        if (Winograd.suits(shape)) {
            oracle.levelMagnitudes();
        }
        int mixing = Winograd.suits(shape) ? WINOGRAD_STEPS : 0;
        assertWithin("y", y, oracle.y, oracle.yMagnitude, shape.depth() + 1 + mixing);
        int positions = IMAGES * shape.window().outputs();
        assertWithin(
                "dWeight", dWeight, oracle.dWeight, oracle.dWeightMagnitude, positions + mixing);
        int steps = shape.groupOut() + shape.window().taps() + mixing;
        assertWithin("dx", dx, oracle.dx, oracle.dxMagnitude, steps);
    }

    private static void assertWithin(
            String name, Matrix actual, double[] exact, double[] magnitude, int steps) {
        for (int at = 0; at < exact.length; at++) {
            float got = actual.at(at / actual.cols(), at % actual.cols());
            double bound = steps * 0x1p-24 * 1.01 * magnitude[at];
            int index = at;
            assertTrue(
                    Math.abs(got - exact[at]) <= bound,
                    () ->
                            "%s[%d]: got %s, exact %s, off by more than %s"
                                    .formatted(name, index, got, exact[index], bound));
        }
    }

    /** All products of a convolution, each added to the three results that it is a part of. */
    private static final class Oracle {

        private final Operands o;
        private final double[] y;
        private final double[] yMagnitude;
        private final double[] dWeight;
        private final double[] dWeightMagnitude;
        private final double[] dx;
        private final double[] dxMagnitude;

        Oracle(Operands o) {
            this.o = o;
            y = new double[o.dy.size()];
            yMagnitude = new double[o.dy.size()];
            dWeight = new double[o.weight.size()];
            dWeightMagnitude = new double[o.weight.size()];
            dx = new double[o.x.size()];
            dxMagnitude = new double[o.x.size()];
            int outputs = o.shape.window().outputs();
            for (int image = 0; image < IMAGES; image++) {
                for (int j = 0; j < o.dy.cols(); j++) {
                    add(y, yMagnitude, image * o.dy.cols() + j, o.bias.at(0, j / outputs));
                    for (int p = 0; p < o.shape.depth(); p++) {
                        multiply(image, j / outputs, j % outputs, p);
                    }
                }
            }
        }

        /** Sets all magnitudes of a result to its largest. */
        void levelMagnitudes() {
            for (double[] magnitudes : List.of(yMagnitude, dWeightMagnitude, dxMagnitude)) {
                Arrays.fill(magnitudes, Arrays.stream(magnitudes).max().orElse(0));
            }
        }

        private void multiply(int image, int channel, int q, int p) {
            Axis rows = o.shape.window().rows();
            Axis cols = o.shape.window().cols();
            int iy = rows.position(q / cols.out(), p / cols.kernel() % rows.kernel());
            int ix = cols.position(q % cols.out(), p % cols.kernel());
            if (iy < 0 || iy >= rows.size() || ix < 0 || ix >= cols.size()) {
                return;
            }
            int c = channel / o.shape.groupOut() * o.shape.groupIn() + p / o.shape.window().taps();
            int from = c * o.shape.window().inputs() + iy * cols.size() + ix;
            int to = channel * o.shape.window().outputs() + q;
            double x = o.x.at(image, from);
            double w = o.weight.at(channel, p);
            double d = o.dy.at(image, to);
            add(y, yMagnitude, image * o.dy.cols() + to, x * w);
            add(dWeight, dWeightMagnitude, channel * o.weight.cols() + p, x * d);
            add(dx, dxMagnitude, image * o.x.cols() + from, w * d);
        }

        private static void add(double[] sums, double[] magnitudes, int at, double term) {
            sums[at] += term;
            magnitudes[at] += Math.abs(term);
        }
    }
}
