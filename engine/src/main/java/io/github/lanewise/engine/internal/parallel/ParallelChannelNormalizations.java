package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;

import java.util.Arrays;

/**
 * Shares out images, and channels where moments or the gradients of a normalization are summed; see
 * {@link ParallelKernels}.
 */
final class ParallelChannelNormalizations implements ChannelNormalizations {

    /** Elements that one thread moves in the time of a few hand-overs to another. */
    private static final long MIN_ELEMENTS = 16 * 1024;

    private static final ImageCall.Operation SUMS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.channels().channelSums(c.x, c.beta, c.y, from, to);

    private static final ImageCall.Operation IMAGE_SUMS =
            (c, from, to, fromCol, toCol) -> c.kernels.channels().imageSums(c.x, c.y, from, to);

    private static final ImageCall.Operation MOMENTS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.channels().channelMoments(c.x, c.y, c.w, c.z, from, to);

    private static final ImageCall.Operation NORMALIZE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .channels()
                            .normalize(c.normalization, c.activation, c.x, c.y, from, to);

    private static final ImageCall.Operation GRADIENT_SUMS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .channels()
                            .normalizeGradientSums(c.normalization, c.x, c.y, c.z, c.w, from, to);

    private static final ImageCall.Operation GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .channels()
                            .normalizeGradient(c.normalization, c.x, c.z, c.w, c.y, c.dx, from, to);

    private final PerThread<ImageCall> calls;

    private final PerThread<ChunkSums> chunkSums = PerThread.withInitial(ChunkSums::new);

    ParallelChannelNormalizations(KernelSource source, Team team) {
        calls = PerThread.withInitial(() -> new ImageCall(source, team));
    }

    @Override
    public void channelSums(Matrix x, float beta, Matrix sums) {
        if (x.cols() == sums.cols()) {
            ImageCall call = calls.get().of(SUMS, Family.CONVOLUTIONS);
            call.x = x;
            call.beta = beta;
            call.y = sums;
            call.run(sums.cols(), x.size(), MIN_ELEMENTS);
            return;
        }
        Matrix each = chunkSums.get().of(x.rows(), sums.cols());
        ImageCall call = calls.get().of(IMAGE_SUMS, Family.CONVOLUTIONS);
        call.x = x;
        call.y = each;
        call.run(x.rows(), x.size(), MIN_ELEMENTS);
        add(each, beta, sums);
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
        ImageCall call = calls.get().of(MOMENTS, Family.CHANNELS);
        call.x = x;
        call.y = mean;
        call.w = meanLow;
        call.z = variance;
        call.run(mean.cols(), x.size(), MIN_ELEMENTS);
    }

    @Override
    public void normalize(ChannelNorm normalization, Activation f, Matrix x, Matrix y) {
        ImageCall call = calls.get().of(NORMALIZE, Family.CHANNELS);
        call.normalization = normalization;
        call.activation = f;
        call.x = x;
        call.y = y;
        call.run(x.rows(), x.size(), MIN_ELEMENTS);
    }

    @Override
    public void normalizeGradientSums(
            ChannelNorm normalization, Matrix x, Matrix dy, Matrix dWeight, Matrix dBias) {
        ImageCall call = calls.get().of(GRADIENT_SUMS, Family.CHANNELS);
        call.normalization = normalization;
        call.x = x;
        call.y = dy;
        call.z = dWeight;
        call.w = dBias;
        call.run(dBias.cols(), x.size(), MIN_ELEMENTS);
    }

    @Override
    public void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx) {
        ImageCall call = calls.get().of(GRADIENT, Family.CHANNELS);
        call.normalization = normalization;
        call.x = x;
        call.z = dWeight;
        call.w = dBias;
        call.y = dy;
        call.dx = dx;
        call.run(x.rows(), x.size(), MIN_ELEMENTS);
    }
}
