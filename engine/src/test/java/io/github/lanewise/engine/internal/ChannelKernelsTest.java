package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operations on channels of the chosen set against the scalar one, and against double. */
@Tag("contract")
class ChannelKernelsTest {

    private static final ChannelNormalizations REFERENCE =
            ChosenKernels.reference().channelNormalizations();
    private static final int[] LENGTHS = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 63, 65, 207};

    private interface Case {
        void check(ChannelNormalizations kernels, int channels, int n, Values values);
    }

    private static void everywhere(Case test) {
        for (Values values : Values.values()) {
            for (int n : LENGTHS) {
                for (int threads : new int[] {1, 3}) {
                    ChannelNormalizations kernels =
                            ChosenKernels.onThreads(threads).channelNormalizations();
                    test.check(kernels, n == 1 ? 75 : 1 + n % 40, n, values);
                }
            }
        }
    }

    @Test
    void sumsMatchReferenceBitForBit() {
        everywhere(
                (kernels, channels, n, values) -> {
                    Matrix x = Rig.matrix(5, channels * n, 2, values, n);
                    for (float beta : new float[] {0, 1}) {
                        Matrix expected = Rig.matrix(1, channels, 1, Values.ANY, 3);
                        Matrix actual = Rig.copy(expected);
                        REFERENCE.channelSums(x, beta, expected);
                        kernels.channelSums(x, beta, actual);
                        Rig.assertSameBits(values + " sums of " + n, expected, actual);
                    }
                });
    }

    /** Images enough for several threads, and not as many for each. */
    @Test
    void sumsOfManyImagesAreAddedInTheOrderOfTheImages() {
        int channels = 3;
        int n = 700;
        for (int images : new int[] {31, 70, 40}) {
            Matrix x = Rig.matrix(images, channels * n, 2, Values.PLAIN, images);
            for (float beta : new float[] {0, 1}) {
                Matrix sums = Rig.matrix(1, channels, 1, Values.PLAIN, 3);
                Matrix expected = Rig.copy(sums);
                for (int image = 0; image < images; image++) {
                    int at = x.offset() + image * x.ld();
                    Matrix one = new Matrix(x.data(), at, 1, x.cols(), x.ld());
                    REFERENCE.channelSums(one, image == 0 ? beta : 1, expected);
                }
                for (int threads : new int[] {1, 2, 3, 7}) {
                    Matrix actual = Rig.copy(sums);
                    ChosenKernels.onThreads(threads)
                            .channelNormalizations()
                            .channelSums(x, beta, actual);
                    Rig.assertSameBits(images + " images on " + threads, expected, actual);
                }
            }
        }
    }

    @Test
    void momentsMatchReferenceBitForBit() {
        everywhere(
                (kernels, channels, n, values) -> {
                    Matrix x = Rig.matrix(5, channels * n, 2, values, n);
                    Matrix mean = Rig.matrix(1, channels, 1, values, 3);
                    Matrix variance = Rig.matrix(1, channels, 1, values, 4);
                    Matrix actualMean = Rig.copy(mean);
                    Matrix low = Rig.matrix(1, channels, 2, values, 5);
                    Matrix actualLow = Rig.copy(low);
                    Matrix actualVariance = Rig.copy(variance);
                    REFERENCE.channelMoments(x, mean, low, variance);
                    kernels.channelMoments(x, actualMean, actualLow, actualVariance);
                    Rig.assertSameBits(values + " low part of mean of " + n, low, actualLow);
                    Rig.assertSameBits(values + " mean of " + n, mean, actualMean);
                    Rig.assertSameBits(values + " variance of " + n, variance, actualVariance);
                });
    }

    @Test
    void normalizeAndItsGradientMatchReferenceBitForBit() {
        everywhere(
                (kernels, channels, n, values) -> {
                    checkNormalize(kernels, normalization(channels, true, true), n, values);
                    checkNormalize(kernels, normalization(channels, false, true), n, values);
                    checkNormalize(kernels, normalization(channels, true, false), n, values);
                });
    }

    private static ChannelNorm normalization(int channels, boolean affine, boolean low) {
        Matrix variance = Rig.matrix(1, channels, 1, Values.PLAIN, 12);
        for (int at = variance.offset(); at < variance.offset() + channels; at++) {
            variance.data()[at] = Math.abs(variance.data()[at]);
        }
        return new ChannelNorm(
                Rig.matrix(1, channels, 0, Values.PLAIN, 11),
                low ? Rig.matrix(1, channels, 0, Values.PLAIN, 15) : null,
                variance,
                1e-5f,
                affine ? Rig.matrix(1, channels, 2, Values.FINITE, 13) : null,
                affine ? Rig.matrix(1, channels, 2, Values.FINITE, 14) : null);
    }

    private static void checkNormalize(
            ChannelNormalizations kernels, ChannelNorm normalization, int n, Values values) {
        int channels = normalization.mean().cols();
        Matrix x = Rig.matrix(5, channels * n, 2, values, n);
        Matrix dy = Rig.matrix(5, channels * n, 1, values, n + 1);
        for (Activation f : new Activation[] {Activation.IDENTITY, Activation.RELU}) {
            Matrix expected = Rig.copy(dy);
            Matrix actual = Rig.copy(dy);
            REFERENCE.normalize(normalization, f, x, expected);
            kernels.normalize(normalization, f, x, actual);
            Rig.assertSameBits(values + " normalize " + n, expected, actual);
        }
        Matrix dWeight = Rig.matrix(1, channels, 1, values, 3);
        Matrix dBias = Rig.matrix(1, channels, 1, values, 4);
        Matrix actualWeight = Rig.copy(dWeight);
        Matrix actualBias = Rig.copy(dBias);
        REFERENCE.normalizeGradientSums(normalization, x, dy, dWeight, dBias);
        kernels.normalizeGradientSums(normalization, x, dy, actualWeight, actualBias);
        Rig.assertSameBits(values + " dWeight " + n, dWeight, actualWeight);
        Rig.assertSameBits(values + " dBias " + n, dBias, actualBias);
        for (boolean own : new boolean[] {true, false}) {
            Matrix expected = Rig.copy(dy);
            Matrix actual = Rig.copy(dy);
            Matrix w = own ? dWeight : null;
            Matrix b = own ? dBias : null;
            REFERENCE.normalizeGradient(normalization, x, w, b, expected, expected);
            kernels.normalizeGradient(normalization, x, w, b, actual, actual);
            Rig.assertSameBits(values + " dx " + n, expected, actual);
        }
    }

    @Test
    void normalizedValuesHaveMeanZeroAndVarianceOne() {
        ChannelNormalizations kernels = ChosenKernels.onThreads(2).channelNormalizations();
        int n = 100;
        int channels = 3;
        Matrix x = Rig.matrix(4, channels * n, 0, Values.PLAIN, 1);
        Matrix mean = Matrix.zeros(1, channels);
        Matrix low = Matrix.zeros(1, channels);
        Matrix variance = Matrix.zeros(1, channels);
        Matrix y = Matrix.zeros(4, channels * n);
        kernels.channelMoments(x, mean, low, variance);
        kernels.normalize(
                new ChannelNorm(mean, low, variance, 0, null, null), Activation.IDENTITY, x, y);
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 4; i++) {
                for (int j = c * n; j < (c + 1) * n; j++) {
                    sum += y.at(i, j);
                    squares += (double) y.at(i, j) * y.at(i, j);
                }
            }
            Rig.assertWithin("mean", 1e-6, 0, sum / (4 * n));
            Rig.assertWithin("variance", 1e-5, 1, squares / (4 * n));
        }
    }
}
