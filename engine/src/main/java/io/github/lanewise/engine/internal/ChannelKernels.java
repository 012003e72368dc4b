package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;

/**
 * Operations on channels; see {@link io.github.lanewise.engine.ChannelNormalizations} for the
 * mathematics. Sums are those of channels [from, to), the others compute images [from, to).
 */
public interface ChannelKernels {

    void channelSums(Matrix x, float beta, Matrix sums, int from, int to);

    /** Sums the values of each channel of images [from, to): sums is batch x channels. */
    void imageSums(Matrix x, Matrix sums, int from, int to);

    /** Images whose sums are added up apart from those of others. */
    int IMAGES = 256;

    void channelMoments(Matrix x, Matrix mean, Matrix meanLow, Matrix variance, int from, int to);

    void normalize(ChannelNorm normalization, Activation f, Matrix x, Matrix y, int from, int to);

    void normalizeGradientSums(
            ChannelNorm normalization,
            Matrix x,
            Matrix dy,
            Matrix dWeight,
            Matrix dBias,
            int from,
            int to);

    void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx,
            int from,
            int to);
}
