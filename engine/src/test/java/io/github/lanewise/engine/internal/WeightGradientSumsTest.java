package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * In which order, and in which chunks of the batch, gradients of convolutions' weights are summed.
 */
@Tag("contract")
class WeightGradientSumsTest {

    private static final int[] THREADS = {1, 2, 3, 7};

    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    static List<Convolution> small() {
        return WindowShapes.FEW;
    }

    @ParameterizedTest
    @MethodSource("small")
    void weightGradientOfManyImagesIsTheSumOverChunks(Convolution shape) {
        assertSumOverChunks(shape, 40, 32);
        assertSumOverChunks(shape, 70, 32);
    }

    @Test
    void thereAreAtMostEightChunks() {
        assertSumOverChunks(WindowShapes.ALL.get(6), 300, 38);
    }

    private static void assertSumOverChunks(Convolution shape, int batch, int chunk) {
        ConvolutionOperands o = ConvolutionOperands.of(shape, batch, Values.TINY, 6);
        for (float beta : new float[] {0, 1}) {
            Matrix expected = Rig.copy(o.weight());
            for (int from = 0; from < batch; from += chunk) {
                Matrix sum = Matrix.zeros(expected.rows(), expected.cols());
                addChain(o, from, Math.min(batch, from + chunk), sum);
                add(sum, from == 0 && beta == 0, expected);
            }
            Rig.assertFinite("dWeight", expected);
            for (int threads : THREADS) {
                Matrix actual = Rig.copy(o.weight());
                on(threads).convolveWeightGradient(shape, o.x(), o.dy(), beta, actual);
                Rig.assertSameBits("on " + threads, expected, actual);
            }
        }
    }

    /** Adds up images [from, to) in batches of one chunk; where sums are chains they go on. */
    private static void addChain(ConvolutionOperands o, int from, int to, Matrix sum) {
        for (int i = from; i < to; i += ConvolutionKernels.CHUNK) {
            int images = Math.min(ConvolutionKernels.CHUNK, to - i);
            Matrix x = rows(o.x(), i, images);
            Matrix dy = rows(o.dy(), i, images);
            REFERENCE.convolveWeightGradient(o.shape(), x, dy, i == from ? 0 : 1, sum);
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
    @MethodSource("small")
    void weightGradientOfNoImageIsZeroOrWhatWasThere(Convolution shape) {
        ConvolutionOperands some = ConvolutionOperands.of(shape, Values.PLAIN, 3);
        ConvolutionOperands none = ConvolutionOperands.of(shape, 0, Values.PLAIN, 3);
        for (int threads : THREADS) {
            for (float beta : new float[] {0, 1}) {
                on(threads).convolveWeightGradient(shape, some.x(), some.dy(), 0, some.weight());
                Matrix expected = Rig.copy(some.weight());
                if (beta == 0) {
                    add(Matrix.zeros(expected.rows(), expected.cols()), true, expected);
                }
                on(threads).convolveWeightGradient(shape, none.x(), none.dy(), beta, some.weight());
                Rig.assertSameBits("on " + threads, expected, some.weight());
            }
        }
    }

    /** As {@link Windows} says, for a window that sees no padding. */
    @Test
    void stridedWeightGradientIsSixteenSumsFolded() {
        Axis axis = Axis.of(13, 1, 1, 0, 1);
        Convolution shape = new Convolution(2, 4, 1, new Window(axis, axis));
        assertTrue(ConvolutionKernels.isStrided(shape));
        ConvolutionOperands o = ConvolutionOperands.of(shape, Values.PLAIN, 2);
        for (float beta : new float[] {0, 1}) {
            Matrix expected = Rig.copy(o.weight());
            for (int row = 0; row < 4; row++) {
                for (int p = 0; p < 2; p++) {
                    float before = beta == 0 ? 0f : o.weight().at(row, p);
                    int at = expected.offset() + row * expected.ld() + p;
                    expected.data()[at] = before + stridedSum(o, row, p, axis.size() * axis.size());
                }
            }
            Matrix actual = Rig.copy(o.weight());
            on(2).convolveWeightGradient(shape, o.x(), o.dy(), beta, actual);
            Rig.assertSameBits("dWeight", expected, actual);
        }
    }

    private static float stridedSum(ConvolutionOperands o, int row, int channel, int n) {
        float[] sums = new float[16];
        for (int image = 0; image < ConvolutionOperands.IMAGES; image++) {
            for (int q = 0; q < n; q++) {
                float seen = o.x().at(image, channel * n + q);
                sums[q % 16] = Math.fma(o.dy().at(image, row * n + q), seen, sums[q % 16]);
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
    void largeWeightsMakeFewChunks() {
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

    private static Windows on(int threads) {
        return ChosenKernels.onThreads(threads).windows();
    }
}
