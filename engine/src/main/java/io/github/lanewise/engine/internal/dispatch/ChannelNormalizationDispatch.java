package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.check.ChannelNormalizationCheck;

import java.util.Arrays;

/**
 * Checks operations on channels and shares out images, or channels where moments or the gradients
 * of a normalization are summed.
 */
final class ChannelNormalizationDispatch implements ChannelNormalizations {

    private static final Call.Part SUMS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.channels().channelSums(c.x, c.beta, c.y, from, to);

    private static final Call.Part IMAGE_SUMS =
            (c, from, to, fromCol, toCol) -> c.kernels.channels().imageSums(c.x, c.y, from, to);

    private static final Call.Part MOMENTS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.channels().channelMoments(c.x, c.y, c.w, c.z, from, to);

    private static final Call.Part NORMALIZE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.channels().normalize(c.channelNorm, c.activation, c.x, c.y, from, to);

    private static final Call.Part GRADIENT_SUMS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .channels()
                            .normalizeGradientSums(c.channelNorm, c.x, c.y, c.z, c.w, from, to);

    private static final Call.Part GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .channels()
                            .normalizeGradient(c.channelNorm, c.x, c.z, c.w, c.y, c.dx, from, to);

    private final Dispatch dispatch;
    private final PerThread<ChunkSums> chunkSums = PerThread.withInitial(ChunkSums::new);

    ChannelNormalizationDispatch(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void channelSums(Matrix x, float beta, Matrix sums) {
        ChannelNormalizationCheck.channelSums(x, beta, sums);
        if (x.cols() == sums.cols()) {
            Call call = dispatch.call(Family.CONVOLUTIONS, SUMS);
            call.x = x;
            call.beta = beta;
            call.y = sums;
            runChannels(call, x, sums.cols());
            return;
        }
        Matrix each = chunkSums.get().of(x.rows(), sums.cols());
        Call call = dispatch.call(Family.CONVOLUTIONS, IMAGE_SUMS);
        call.x = x;
        call.y = each;
        dispatch.runEach(call, x.rows(), (long) Dispatch.MOVED * x.cols());
        add(each, beta, sums);
    }

    private void runChannels(Call call, Matrix x, int channels) {
        long elements = (long) x.rows() * (x.cols() / channels);
        dispatch.runEach(call, channels, Dispatch.MOVED * elements);
    }

    /** Adds up what images give, so that each image is read by the thread that computed it. */
    private static void add(Matrix each, float beta, Matrix sums) {
        float[] y = sums.data();
        int to = sums.offset();
        if (beta == 0) {
            Arrays.fill(y, to, to + sums.cols(), 0f);
        }
        for (int image = 0; image < each.rows(); image++) {
            for (int c = 0; c < sums.cols(); c++) {
                y[to + c] += each.data()[image * each.ld() + c];
            }
        }
    }

    @Override
    public void channelMoments(Matrix x, Matrix mean, Matrix meanLow, Matrix variance) {
        ChannelNormalizationCheck.channelMoments(x, mean, meanLow, variance);
        Call call = dispatch.call(Family.CHANNELS, MOMENTS);
        call.x = x;
        call.y = mean;
        call.w = meanLow;
        call.z = variance;
        runChannels(call, x, mean.cols());
    }

    @Override
    public void normalize(ChannelNorm normalization, Activation f, Matrix x, Matrix y) {
        ChannelNormalizationCheck.normalize(normalization, f, x, y);
        Call call = dispatch.call(Family.CHANNELS, NORMALIZE);
        call.channelNorm = normalization;
        call.activation = f;
        call.x = x;
        call.y = y;
        dispatch.runEach(call, x.rows(), (long) Dispatch.MOVED * x.cols());
    }

    @Override
    public void normalizeGradientSums(
            ChannelNorm normalization, Matrix x, Matrix dy, Matrix dWeight, Matrix dBias) {
        ChannelNormalizationCheck.normalizeGradientSums(normalization, x, dy, dWeight, dBias);
        Call call = dispatch.call(Family.CHANNELS, GRADIENT_SUMS);
        call.channelNorm = normalization;
        call.x = x;
        call.y = dy;
        call.z = dWeight;
        call.w = dBias;
        runChannels(call, x, dBias.cols());
    }

    @Override
    public void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx) {
        ChannelNormalizationCheck.normalizeGradient(normalization, x, dWeight, dBias, dy, dx);
        Call call = dispatch.call(Family.CHANNELS, GRADIENT);
        call.channelNorm = normalization;
        call.x = x;
        call.z = dWeight;
        call.w = dBias;
        call.y = dy;
        call.dx = dx;
        dispatch.runEach(call, x.rows(), (long) Dispatch.MOVED * x.cols());
    }
}
