package io.github.lanewise.engine.internal.simd.norm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ChannelKernels;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.scalar.ScalarChannels;
import io.github.lanewise.engine.internal.simd.support.StridedSums;

import jdk.incubator.vector.FloatVector;

/**
 * Whole vectors along the values of a channel, or across channels of one value each. Channels of a
 * few values are the scalar set's.
 */
public final class SimdChannels implements ChannelKernels {

    private final ScalarChannels shorter = new ScalarChannels();
    private final PointwiseKernels pointwise;

    public SimdChannels(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    @Override
    public void channelSums(Matrix x, float beta, Matrix sums, int from, int to) {
        int n = x.cols() / sums.cols();
        if (n < 16) {
            int rest = n == 1 ? SimdFeatures.sums(x, beta, sums, from, to) : from;
            shorter.channelSums(x, beta, sums, rest, to);
            return;
        }
        for (int c = from; c < to; c++) {
            float sum = beta == 0 ? 0f : sums.data()[sums.offset() + c];
            for (int image = 0; image < x.rows(); image++) {
                sum += StridedSums.sum(x.data(), start(x, image) + c * n, n);
            }
            sums.data()[sums.offset() + c] = sum;
        }
    }

    @Override
    public void imageSums(Matrix x, Matrix sums, int from, int to) {
        int n = x.cols() / sums.cols();
        if (n < 16) {
            shorter.imageSums(x, sums, from, to);
            return;
        }
        for (int image = from; image < to; image++) {
            for (int c = 0; c < sums.cols(); c++) {
                sums.data()[start(sums, image) + c] =
                        StridedSums.sum(x.data(), start(x, image) + c * n, n);
            }
        }
    }

    @Override
    public void channelMoments(
            Matrix x, Matrix mean, Matrix meanLow, Matrix variance, int from, int to) {
        int n = x.cols() / mean.cols();
        if (n < 16) {
            int rest = n == 1 ? FeatureMoments.run(x, mean, meanLow, variance, from, to) : from;
            shorter.channelMoments(x, mean, meanLow, variance, rest, to);
            return;
        }
        for (int c = from; c < to; c++) {
            moments(x, c, n, mean, meanLow, variance);
        }
    }

    private static void moments(
            Matrix x, int c, int n, Matrix mean, Matrix meanLow, Matrix variance) {
        float count = (float) n * x.rows();
        float shift = x.data()[x.offset() + c * n];
        float m = 0f;
        for (int first = 0; first < x.rows(); first += IMAGES) {
            float part = 0f;
            for (int image = first; image < Math.min(x.rows(), first + IMAGES); image++) {
                part += CenteredSums.of(x.data(), start(x, image) + c * n, shift, n);
            }
            m += part;
        }
        m = shift + m / count;
        float sum = 0f;
        float squares = 0f;
        for (int first = 0; first < x.rows(); first += IMAGES) {
            float part = 0f;
            float square = 0f;
            for (int image = first; image < Math.min(x.rows(), first + IMAGES); image++) {
                int at = start(x, image) + c * n;
                part += CenteredSums.of(x.data(), at, m, n);
                square += StridedSums.centeredDot(x.data(), at, m, x.data(), at, m, n);
            }
            sum += part;
            squares += square;
        }
        float square = ScalarChannels.square(sum, squares, count);
        variance.data()[variance.offset() + c] = square / count;
        ScalarChannels.setMean(m, sum / count, mean, meanLow, c);
    }

    @Override
    public void normalize(
            ChannelNorm normalization, Activation f, Matrix x, Matrix y, int from, int to) {
        int channels = normalization.mean().cols();
        int n = x.cols() / channels;
        if (n < COUNT) {
            normalizeShort(normalization, f, x, y, from, to);
            return;
        }
        Matrix weight = normalization.weight();
        for (int image = from; image < to; image++) {
            for (int c = 0; c < channels; c++) {
                float mean = normalization.mean().at(0, c);
                float r = ScalarChannels.inverseDeviation(normalization, c);
                float w = weight == null ? 1f : weight.at(0, c);
                float b = weight == null ? -0f : normalization.bias().at(0, c);
                float offset = ScalarChannels.offset(normalization, c, r);
                int xAt = start(x, image) + c * n;
                int at = start(y, image) + c * n;
                normalize(mean, r, offset, w, b, x.data(), xAt, y.data(), at, n);
                if (f.kind() != Activation.Kind.IDENTITY) {
                    pointwise.activate(f, y.data(), at, y.data(), at, n);
                }
            }
        }
    }

    private void normalizeShort(
            ChannelNorm normalization, Activation f, Matrix x, Matrix y, int from, int to) {
        boolean features = x.cols() == normalization.mean().cols();
        int rest = features ? SimdFeatures.normalize(normalization, x, y, from, to) : 0;
        if (f.kind() != Activation.Kind.IDENTITY) {
            for (int image = from; image < to; image++) {
                int at = start(y, image);
                pointwise.activate(f, y.data(), at, y.data(), at, rest);
            }
        }
        shorter.normalize(normalization, f, x, y, from, to, rest);
    }

    private static void normalize(
            float mean,
            float r,
            float offset,
            float w,
            float b,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int n) {
        FloatVector means = ZERO.broadcast(mean);
        FloatVector rs = ZERO.broadcast(r);
        FloatVector offsets = ZERO.broadcast(offset);
        FloatVector ws = ZERO.broadcast(w);
        FloatVector bs = ZERO.broadcast(b);
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FloatVector z =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j)).sub(means).fma(rs, offsets);
            z.fma(ws, bs).intoArray(y, yAt + j);
        }
        for (int j = done; j < n; j++) {
            y[yAt + j] = Math.fma(Math.fma(x[xAt + j] - mean, r, offset), w, b);
        }
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
        if (n < 16) {
            int rest =
                    n == 1
                            ? SimdFeatures.gradientSums(
                                    normalization, x, dy, dWeight, dBias, from, to)
                            : from;
            shorter.normalizeGradientSums(normalization, x, dy, dWeight, dBias, rest, to);
            return;
        }
        channelSums(dy, 0, dBias, from, to);
        for (int c = from; c < to; c++) {
            float mean = normalization.mean().at(0, c);
            float sum = 0f;
            for (int image = 0; image < x.rows(); image++) {
                int dyAt = start(dy, image) + c * n;
                int xAt = start(x, image) + c * n;
                sum += StridedSums.centeredDot(dy.data(), dyAt, 0f, x.data(), xAt, mean, n);
            }
            sum = ScalarChannels.centered(normalization, c, dBias.at(0, c), sum);
            float r = ScalarChannels.inverseDeviation(normalization, c);
            dWeight.data()[dWeight.offset() + c] = sum * r;
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
        int channels = normalization.mean().cols();
        int n = x.cols() / channels;
        if (n < COUNT) {
            int rest =
                    n == 1
                            ? SimdFeatures.gradient(
                                    normalization, x, dWeight, dBias, dy, dx, from, to)
                            : 0;
            shorter.normalizeGradient(normalization, x, dWeight, dBias, dy, dx, from, to, rest);
            return;
        }
        float count = (float) n * x.rows();
        for (int c = 0; c < channels; c++) {
            float w = dWeight == null ? 0f : dWeight.at(0, c) / count;
            float b = dBias == null ? 0f : dBias.at(0, c) / count;
            for (int image = from; image < to; image++) {
                gradient(normalization, c, w, b, x, dy, dx, image, n);
            }
        }
    }

    private static void gradient(
            ChannelNorm normalization,
            int c,
            float w,
            float b,
            Matrix x,
            Matrix dy,
            Matrix dx,
            int image,
            int n) {
        float mean = normalization.mean().at(0, c);
        float r = ScalarChannels.inverseDeviation(normalization, c);
        float factor = normalization.weight() == null ? r : r * normalization.weight().at(0, c);
        FloatVector means = ZERO.broadcast(mean);
        float offset = ScalarChannels.offset(normalization, c, r);
        FloatVector rs = ZERO.broadcast(r);
        FloatVector offsets = ZERO.broadcast(offset);
        FloatVector ws = ZERO.broadcast(w);
        float[] xs = x.data();
        float[] dys = dy.data();
        float[] dxs = dx.data();
        int xAt = start(x, image) + c * n;
        int dyAt = start(dy, image) + c * n;
        int dxAt = start(dx, image) + c * n;
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FloatVector z =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, xs, xAt + j)).sub(means).fma(rs, offsets);
            FloatVector d = FLOAT_VECTOR.cast(fromArray(FLOATS, dys, dyAt + j)).sub(b);
            z.neg().fma(ws, d).mul(factor).intoArray(dxs, dxAt + j);
        }
        for (int j = done; j < n; j++) {
            float z = Math.fma(xs[xAt + j] - mean, r, offset);
            dxs[dxAt + j] = Math.fma(-z, w, dys[dyAt + j] - b) * factor;
        }
    }

    private static int start(Matrix x, int image) {
        return x.offset() + image * x.ld();
    }
}
