package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ChannelKernels;
import io.github.lanewise.engine.internal.Fma;

/** Loops over images, channels and the values of a channel. */
public final class ScalarChannels implements ChannelKernels {

    @Override
    public void channelSums(Matrix x, float beta, Matrix sums, int from, int to) {
        int n = x.cols() / sums.cols();
        for (int c = from; c < to; c++) {
            float sum = beta == 0 ? 0f : sums.data()[sums.offset() + c];
            for (int image = 0; image < x.rows(); image++) {
                sum += StridedSum.sum(x.data(), start(x, image) + c * n, n);
            }
            sums.data()[sums.offset() + c] = sum;
        }
    }

    @Override
    public void imageSums(Matrix x, Matrix sums, int from, int to) {
        int n = x.cols() / sums.cols();
        for (int image = from; image < to; image++) {
            for (int c = 0; c < sums.cols(); c++) {
                sums.data()[start(sums, image) + c] =
                        StridedSum.sum(x.data(), start(x, image) + c * n, n);
            }
        }
    }

    @Override
    public void channelMoments(
            Matrix x, Matrix mean, Matrix meanLow, Matrix variance, int from, int to) {
        int n = x.cols() / mean.cols();
        float count = (float) n * x.rows();
        for (int c = from; c < to; c++) {
            float first = x.data()[x.offset() + c * n];
            float m = first + sum(x, c * n, first, n) / count;
            float sum = sum(x, c * n, m, n);
            float square = square(sum, squares(x, c * n, m, n), count);
            variance.data()[variance.offset() + c] = square / count;
            setMean(m, sum / count, mean, meanLow, c);
        }
    }

    /** Sums the differences of a channel from a number, some images at a time. */
    private static float sum(Matrix x, int channel, float shift, int n) {
        float sum = 0f;
        for (int first = 0; first < x.rows(); first += IMAGES) {
            float part = 0f;
            for (int image = first; image < Math.min(x.rows(), first + IMAGES); image++) {
                part += CenteredSum.of(x.data(), start(x, image) + channel, shift, n);
            }
            sum += part;
        }
        return sum;
    }

    private static float squares(Matrix x, int channel, float m, int n) {
        float sum = 0f;
        for (int first = 0; first < x.rows(); first += IMAGES) {
            float part = 0f;
            for (int image = first; image < Math.min(x.rows(), first + IMAGES); image++) {
                int at = start(x, image) + channel;
                part += CenteredDot.of(x.data(), at, m, x.data(), at, m, n);
            }
            sum += part;
        }
        return sum;
    }

    /**
     * Returns the sum of squares about the exact mean, from sums about a rounded one.
     *
     * @param sum of the differences from the rounded mean
     * @param square sum of their squares
     * @param count how many
     */
    public static float square(float sum, float square, float count) {
        return Math.max(0f, Fma.fma(-(sum / count), sum, square));
    }

    /** Sets a channel's mean, a + b, and what rounding takes from it (Knuth's two-sum). */
    public static void setMean(float a, float b, Matrix mean, Matrix meanLow, int c) {
        float high = a + b;
        float t = high - a;
        mean.data()[mean.offset() + c] = high;
        meanLow.data()[meanLow.offset() + c] = (a - (high - t)) + (b - t);
    }

    @Override
    public void normalize(
            ChannelNorm normalization, Activation f, Matrix x, Matrix y, int from, int to) {
        normalize(normalization, f, x, y, from, to, 0);
    }

    /** Normalizes the channels from one on. */
    public void normalize(
            ChannelNorm normalization,
            Activation f,
            Matrix x,
            Matrix y,
            int from,
            int to,
            int fromChannel) {
        int channels = normalization.mean().cols();
        int n = x.cols() / channels;
        for (int c = fromChannel; c < channels; c++) {
            float mean = normalization.mean().at(0, c);
            float r = inverseDeviation(normalization, c);
            Matrix weight = normalization.weight();
            float w = weight == null ? 1f : weight.at(0, c);
            float b = weight == null ? -0f : normalization.bias().at(0, c);
            float offset = offset(normalization, c, r);
            for (int image = from; image < to; image++) {
                int xAt = start(x, image) + c * n;
                int yAt = start(y, image) + c * n;
                for (int j = 0; j < n; j++) {
                    float z = Fma.fma(x.data()[xAt + j] - mean, r, offset);
                    y.data()[yAt + j] = ScalarActivations.value(f, Fma.fma(z, w, b));
                }
            }
        }
    }

    /** Returns what moves a channel's scaled differences from mean to those from mean + meanLow. */
    public static float offset(ChannelNorm normalization, int c, float r) {
        return normalization.meanLow() == null ? -0f : -(normalization.meanLow().at(0, c) * r);
    }

    /**
     * Returns the sum of dy times differences from mean + meanLow, from that of dy times those from
     * mean.
     */
    public static float centered(ChannelNorm normalization, int c, float dBias, float sum) {
        return normalization.meanLow() == null
                ? sum
                : Fma.fma(-normalization.meanLow().at(0, c), dBias, sum);
    }

    /** Returns 1 / sqrt(variance + eps); the root of a float in double rounds to the same float. */
    public static float inverseDeviation(ChannelNorm normalization, int c) {
        return 1f / (float) Math.sqrt(normalization.variance().at(0, c) + normalization.eps());
    }

    @Override
    public void normalizeGradientSums(
            ChannelNorm normalization,
            Matrix x,
            Matrix dy,
            Matrix dWeight,
            Matrix dBias,
            int from,
            int to) {
        int n = x.cols() / dBias.cols();
        channelSums(dy, 0, dBias, from, to);
        for (int c = from; c < to; c++) {
            float mean = normalization.mean().at(0, c);
            float sum = 0f;
            for (int image = 0; image < x.rows(); image++) {
                int dyAt = start(dy, image) + c * n;
                int xAt = start(x, image) + c * n;
                sum += CenteredDot.of(dy.data(), dyAt, 0f, x.data(), xAt, mean, n);
            }
            sum = centered(normalization, c, dBias.at(0, c), sum);
            dWeight.data()[dWeight.offset() + c] = sum * inverseDeviation(normalization, c);
        }
    }

    @Override
    public void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx,
            int from,
            int to) {
        normalizeGradient(normalization, x, dWeight, dBias, dy, dx, from, to, 0);
    }

    /** Takes the gradients of the channels from one on. */
    public void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx,
            int from,
            int to,
            int fromChannel) {
        int channels = normalization.mean().cols();
        int n = x.cols() / channels;
        float count = (float) n * x.rows();
        for (int c = fromChannel; c < channels; c++) {
            float mean = normalization.mean().at(0, c);
            float r = inverseDeviation(normalization, c);
            Matrix weight = normalization.weight();
            float factor = weight == null ? r : r * weight.at(0, c);
            float w = dWeight == null ? 0f : dWeight.at(0, c) / count;
            float b = dBias == null ? 0f : dBias.at(0, c) / count;
            float offset = offset(normalization, c, r);
            for (int image = from; image < to; image++) {
                int xAt = start(x, image) + c * n;
                int dyAt = start(dy, image) + c * n;
                int dxAt = start(dx, image) + c * n;
                for (int j = 0; j < n; j++) {
                    float z = Fma.fma(x.data()[xAt + j] - mean, r, offset);
                    dx.data()[dxAt + j] = Fma.fma(-z, w, dy.data()[dyAt + j] - b) * factor;
                }
            }
        }
    }

    private static int start(Matrix x, int image) {
        return x.offset() + image * x.ld();
    }
}
