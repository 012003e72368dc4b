package io.github.lanewise.engine;

import java.util.Objects;

/**
 * How {@link ChannelNormalizations} normalizes each channel over the batch: z = fma(x - mean, r,
 * -(meanLow * r)) with r = 1 / sqrt(variance + eps), then y = fma(z, weight, bias). Each matrix is
 * 1 x channels.
 *
 * @param mean of each channel
 * @param meanLow what rounding took from the mean, as {@link ChannelNormalizations#channelMoments}
 *     gives it: of channels far from 0 that is as large as their deviation; null for 0
 * @param variance of each channel
 * @param eps added to the variance
 * @param weight factor after; null, together with bias, for y = z
 * @param bias added after
 */
public record ChannelNorm(
        Matrix mean, Matrix meanLow, Matrix variance, float eps, Matrix weight, Matrix bias) {

    /** Checks that mean and variance are there, and weight and bias both or neither. */
    public ChannelNorm {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(variance, "variance");
        if ((weight == null) != (bias == null)) {
            throw new IllegalArgumentException(
                    "ChannelNorm: weight or bias is missing; give both or neither");
        }
    }

    /** Makes one of means that are as exact as they are meant to be. */
    public ChannelNorm(Matrix mean, Matrix variance, float eps, Matrix weight, Matrix bias) {
        this(mean, null, variance, eps, weight, bias);
    }
}
