package io.github.lanewise.engine;

/**
 * Operations on the channels of a batch: a row of a matrix holds the channels one after another,
 * equally many values of each (see {@link Windows}); with one value each, channels are features.
 *
 * <p><b>Channel sum.</b> Of each image the strided sum (see {@link Kernels}) of the channel's
 * values, added up in ascending order of the images. What {@link Kernels} says of bits, NaN, shapes
 * and allocation holds here too.
 */
public interface ChannelNormalizations {

    /**
     * Sums each channel: the gradient of a bias.
     *
     * @param x batch x (channels * values)
     * @param beta 0 to start from 0 (sums is then never read), 1 to start from sums
     * @param sums 1 x channels
     */
    void channelSums(Matrix x, float beta, Matrix sums);

    /**
     * Takes mean and biased variance of each channel: with n values in the batch, of which the
     * first is x0,
     *
     * <pre>
     * m = x0 + sum(x - x0) / n
     * s = sum(x - m)                                    what the rounding of m left
     * variance = max(0, fma(-(s / n), s, sum of fma(x - m, x - m, .))) / n
     * mean = m + s / n
     * meanLow = (m - (mean - t)) + (s / n - t)          with t = mean - m: what is lost of mean
     * </pre>
     *
     * Sums here are of 256 images at a time, each a channel sum from 0, and those are added up in
     * ascending order. So the moments of channels far from 0, or of a million images, are as exact
     * as those of a few numbers about 0, and a constant channel has exactly its value and 0.
     *
     * @param x batch x (channels * values), not empty
     * @param mean 1 x channels
     * @param meanLow 1 x channels, receives what the rounding of mean has lost
     * @param variance 1 x channels
     */
    void channelMoments(Matrix x, Matrix mean, Matrix meanLow, Matrix variance);

    /**
     * Normalizes each value: y = f(fma(z, weight, bias)), see {@link ChannelNorm}. In place
     * allowed.
     */
    void normalize(ChannelNorm normalization, Activation f, Matrix x, Matrix y);

    /**
     * Sums what the gradients of normalization are made of: dBias = channel sum of dy, dWeight =
     * fma(-meanLow, dBias, channel sum of fma(dy, x - mean, .)) * r.
     *
     * @param normalization the same as forward
     * @param x what was normalized
     * @param dy gradient with respect to fma(z, weight, bias)
     * @param dWeight 1 x channels, receives the gradient of the weight
     * @param dBias 1 x channels, receives the gradient of the bias
     */
    void normalizeGradientSums(
            ChannelNorm normalization, Matrix x, Matrix dy, Matrix dWeight, Matrix dBias);

    /**
     * Backpropagates through {@link #normalize}: dx = r weight (dy - b - z w), more precisely
     * fma(-z, w, dy - b) * (r * weight).
     *
     * <p>In training, where mean and variance are those of x, w = dWeight / n and b = dBias / n for
     * n values of a channel in the batch. Else mean and variance do not depend on x, and w = b = 0.
     * In place allowed, dx on dy.
     *
     * @param normalization the same as forward
     * @param x what was normalized
     * @param dWeight 1 x channels, from {@link #normalizeGradientSums}; null for w = b = 0
     * @param dBias the same
     * @param dy gradient with respect to fma(z, weight, bias)
     * @param dx receives the gradient with respect to x
     */
    void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx);
}
