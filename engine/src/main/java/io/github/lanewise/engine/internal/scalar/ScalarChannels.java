package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ChannelKernels;

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
    public void channelMoments(Matrix x, Matrix mean, Matrix variance, int from, int to) {
        int n = x.cols() / mean.cols();
        float count = (float) n * x.rows();
        channelSums(x, 0, mean, from, to);
        for (int c = from; c < to; c++) {
            float m = mean.data()[mean.offset() + c] / count;
            float sum = 0f;
            for (int image = 0; image < x.rows(); image++) {
                int at = start(x, image) + c * n;
                sum += CentredDot.of(x.data(), at, m, x.data(), at, m, n);
            }
            mean.data()[mean.offset() + c] = m;
            variance.data()[variance.offset() + c] = sum / count;
        }
    }

    @Override
    public void normalize(
            ChannelNorm normalization, Activation f, Matrix x, Matrix y, int from, int to) {
        normalize(normalization, f, x, y, from, to, 0);
    }

    /** Normalises the channels from one on. */
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
            for (int image = from; image < to; image++) {
                int xAt = start(x, image) + c * n;
                int yAt = start(y, image) + c * n;
                for (int j = 0; j < n; j++) {
                    float z = (x.data()[xAt + j] - mean) * r;
                    y.data()[yAt + j] = ScalarActivations.value(f, Math.fma(z, w, b));
                }
            }
        }
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
                sum += CentredDot.of(dy.data(), dyAt, 0f, x.data(), xAt, mean, n);
            }
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
            for (int image = from; image < to; image++) {
                int xAt = start(x, image) + c * n;
                int dyAt = start(dy, image) + c * n;
                int dxAt = start(dx, image) + c * n;
                for (int j = 0; j < n; j++) {
                    float z = (x.data()[xAt + j] - mean) * r;
                    dx.data()[dxAt + j] = Math.fma(-z, w, dy.data()[dyAt + j] - b) * factor;
                }
            }
        }
    }

    private static int start(Matrix x, int image) {
        return x.offset() + image * x.ld();
    }
}
