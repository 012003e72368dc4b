package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Normalization of values that lie close together and far from 0, against double: there the mean's
 * rounding error is as large as their deviation.
 */
@Tag("contract")
class FarFromZeroTest {

    private static final Kernels KERNELS = ChosenKernels.onThreads(2);
    private static final float EPS = 1e-5f;

    /** Images and values of a channel: temperatures over time, and images of several sizes. */
    private static final int[][] SHAPES = {{4096, 1}, {300, 5}, {64, 784}, {7, 33}, {2, 1}};

    private static Matrix near(float centre, float spread, int rows, int cols) {
        SplittableRandom random = new SplittableRandom(7);
        Matrix x = Matrix.zeros(rows, cols);
        for (int i = 0; i < x.size(); i++) {
            x.data()[i] = (float) (centre + spread * (2 * random.nextDouble() - 1));
        }
        return x;
    }

    private static Matrix constant(float value, int rows, int cols) {
        Matrix x = Matrix.zeros(rows, cols);
        Arrays.fill(x.data(), value);
        return x;
    }

    private static double mean(Matrix x, int channel, int n) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < n; j++) {
                sum += x.at(i, channel * n + j);
            }
        }
        return sum / x.rows() / n;
    }

    private static double variance(Matrix x, int channel, int n) {
        double mean = mean(x, channel, n);
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < n; j++) {
                double d = x.at(i, channel * n + j) - mean;
                sum += d * d;
            }
        }
        return sum / x.rows() / n;
    }

    private static ChannelNorm moments(ChannelNormalizations channels, Matrix x, int count) {
        Matrix mean = Matrix.zeros(1, count);
        Matrix low = Matrix.zeros(1, count);
        Matrix variance = Matrix.zeros(1, count);
        channels.channelMoments(x, mean, low, variance);
        return new ChannelNorm(mean, low, variance, EPS, null, null);
    }

    @Test
    void channelsAreNormalizedAboutTheirExactMean() {
        for (float centre : new float[] {0, 293.15f, 10000.1f, -1e6f}) {
            for (int[] shape : SHAPES) {
                checkChannels(centre, Math.max(0.01f, Math.ulp(centre)), shape[0], shape[1]);
            }
        }
    }

    private static void checkChannels(float centre, float spread, int images, int n) {
        int count = 19;
        Matrix x = near(centre, spread, images, count * n);
        Matrix y = Matrix.zeros(images, count * n);
        ChannelNorm norm = moments(KERNELS.channelNormalizations(), x, count);
        KERNELS.channelNormalizations().normalize(norm, Activation.IDENTITY, x, y);
        for (int c = 0; c < count; c++) {
            double mean = mean(x, c, n);
            double r = 1 / Math.sqrt(variance(x, c, n) + EPS);
            String what = "%d images of %d about %s".formatted(images, n, centre);
            double low = norm.meanLow().at(0, c);
            Rig.assertWithin(what, 1e-6 * spread, mean, norm.mean().at(0, c) + low);
            double rounding = Math.ulp((float) mean) + 1e-6 * spread;
            Rig.assertWithin(what, rounding, mean, norm.mean().at(0, c));
            double v = variance(x, c, n);
            Rig.assertWithin(what, 3e-6 * v + 1e-30, v, norm.variance().at(0, c));
            for (int i = 0; i < images; i++) {
                for (int j = c * n; j < c * n + n; j++) {
                    Rig.assertWithin(what, 1e-5, (x.at(i, j) - mean) * r, y.at(i, j));
                }
            }
        }
    }

    @Test
    void gradientsOfChannelsTakeTheExactMean() {
        int images = 512;
        for (int n : new int[] {1, 5, 40}) {
            Matrix x = near(10000.1f, 0.01f, images, 19 * n);
            Matrix dy = near(1, 1, images, 19 * n);
            ChannelNorm norm = moments(KERNELS.channelNormalizations(), x, 19);
            Matrix dWeight = Matrix.zeros(1, 19);
            Matrix dBias = Matrix.zeros(1, 19);
            Matrix dx = Matrix.zeros(images, 19 * n);
            KERNELS.channelNormalizations().normalizeGradientSums(norm, x, dy, dWeight, dBias);
            KERNELS.channelNormalizations().normalizeGradient(norm, x, dWeight, dBias, dy, dx);
            for (int c = 0; c < 19; c++) {
                checkGradient(x, dy, dWeight, dx, c, n);
            }
        }
    }

    private static void checkGradient(
            Matrix x, Matrix dy, Matrix dWeight, Matrix dx, int c, int n) {
        double mean = mean(x, c, n);
        double r = 1 / Math.sqrt(variance(x, c, n) + EPS);
        double count = (double) x.rows() * n;
        double sum = 0;
        double dot = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = c * n; j < c * n + n; j++) {
                sum += dy.at(i, j);
                dot += dy.at(i, j) * (x.at(i, j) - mean) * r;
            }
        }
        Rig.assertWithin("dWeight", 1e-5 * count, dot, dWeight.at(0, c));
        for (int i = 0; i < x.rows(); i++) {
            for (int j = c * n; j < c * n + n; j++) {
                double z = (x.at(i, j) - mean) * r;
                double expected = r * (dy.at(i, j) - sum / count - z * dot / count);
                Rig.assertWithin("dx", 3e-5 * r, expected, dx.at(i, j));
            }
        }
    }

    @Test
    void constantChannelsBecomeExactlyZero() {
        for (float value : new float[] {10000.1f, -293.15f, 1e-20f, 1e15f}) {
            for (int[] shape : SHAPES) {
                Matrix x = constant(value, shape[0], 19 * shape[1]);
                Matrix y = near(1, 1, shape[0], 19 * shape[1]);
                ChannelNorm norm = moments(KERNELS.channelNormalizations(), x, 19);
                KERNELS.channelNormalizations().normalize(norm, Activation.IDENTITY, x, y);
                for (int i = 0; i < y.size(); i++) {
                    assertEquals(0f, y.data()[i]);
                }
                assertEquals(value, norm.mean().at(0, 18));
                assertEquals(0f, norm.variance().at(0, 18));
            }
        }
    }

    @Test
    void varianceOfManyRowsIsThatOfDouble() {
        Matrix x = near(0, 1, 300_000, 20);
        ChannelNorm norm = moments(KERNELS.channelNormalizations(), x, 20);
        for (int c : new int[] {0, 19}) {
            Rig.assertWithin("variance", 3e-6, variance(x, c, 1), norm.variance().at(0, c));
        }
    }

    @Test
    void rowsAreNormalizedAboutTheirExactMean() {
        for (float centre : new float[] {0, 293.15f, 10000.1f, -1e6f}) {
            float spread = Math.max(0.01f, Math.ulp(centre));
            for (int n : new int[] {1, 2, 3, 15, 16, 33, 256, 2046}) {
                Matrix x = near(centre, spread, 3, n);
                Matrix y = normalized(x);
                for (int i = 0; i < 3; i++) {
                    Matrix row = x.rowRange(i, i + 1);
                    double mean = mean(row, 0, n);
                    double r = 1 / Math.sqrt(variance(row, 0, n) + EPS);
                    for (int j = 0; j < n; j++) {
                        String what = "row of %d about %s".formatted(n, centre);
                        Rig.assertWithin(what, 1e-5, (x.at(i, j) - mean) * r, y.at(i, j));
                    }
                }
            }
        }
    }

    @Test
    void constantRowsBecomeExactlyZero() {
        for (float value : new float[] {10000.1f, -293.15f, 1e-20f, 1e15f}) {
            for (int n : new int[] {1, 2, 3, 15, 16, 33, 256, 2046}) {
                for (float z : normalized(constant(value, 3, n)).data()) {
                    assertEquals(0f, z);
                }
            }
        }
    }

    private static Matrix normalized(Matrix x) {
        Matrix y = near(1, 1, x.rows(), x.cols());
        Matrix scales = Matrix.zeros(1, x.rows());
        KERNELS.normalizations().normalize(new RowNorm(true, EPS), x, null, null, y, scales, y);
        return y;
    }
}
