package io.github.lanewise.engine.internal.simd.norm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ChannelKernels;

import jdk.incubator.vector.FloatVector;

/**
 * Mean and variance of channels of one value each: a vector holds neighbouring channels.
 *
 * <p>What went round a loop is an argument and never a receiver, see {@link CenteredSums}.
 */
final class FeatureMoments {

    private FeatureMoments() {}

    /** Does whole vectors from a channel on and returns where the scalar set takes over. */
    static int run(Matrix x, Matrix mean, Matrix meanLow, Matrix variance, int from, int to) {
        int c = from;
        for (; c + COUNT <= to; c += COUNT) {
            means(x, c, mean.data(), mean.offset() + c);
            moments(x, c, mean, meanLow, variance);
        }
        return c;
    }

    /** Sets m = first + sum(x - first) / n. */
    private static void means(Matrix x, int c, float[] mean, int at) {
        FloatVector zero = ZERO.broadcast(0f);
        FloatVector first = FLOAT_VECTOR.cast(fromArray(FLOATS, x.data(), x.offset() + c));
        FloatVector sum = zero;
        for (int from = 0; from < x.rows(); from += ChannelKernels.IMAGES) {
            FloatVector part = zero;
            for (int i = from; i < Math.min(x.rows(), from + ChannelKernels.IMAGES); i++) {
                part =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), x.offset() + i * x.ld() + c))
                                .sub(first)
                                .add(part);
            }
            sum = zero.add(part).add(sum);
        }
        first.add(zero.add(sum).div(x.rows())).intoArray(mean, at);
    }

    private static void moments(Matrix x, int c, Matrix mean, Matrix meanLow, Matrix variance) {
        FloatVector zero = ZERO.broadcast(0f);
        FloatVector m = FLOAT_VECTOR.cast(fromArray(FLOATS, mean.data(), mean.offset() + c));
        FloatVector sum = zero;
        FloatVector squares = zero;
        for (int from = 0; from < x.rows(); from += ChannelKernels.IMAGES) {
            FloatVector part = zero;
            FloatVector square = zero;
            for (int i = from; i < Math.min(x.rows(), from + ChannelKernels.IMAGES); i++) {
                FloatVector d =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), x.offset() + i * x.ld() + c))
                                .sub(m);
                part = d.add(part);
                square = d.mul(d).add(square);
            }
            sum = zero.add(part).add(sum);
            squares = zero.add(square).add(squares);
        }
        FloatVector rest = zero.add(sum).div(x.rows());
        zero.max(rest.neg().fma(sum, squares))
                .div(x.rows())
                .intoArray(variance.data(), variance.offset() + c);
        FloatVector high = m.add(rest);
        FloatVector t = high.sub(m);
        high.intoArray(mean.data(), mean.offset() + c);
        m.sub(high.sub(t)).add(rest.sub(t)).intoArray(meanLow.data(), meanLow.offset() + c);
    }
}
