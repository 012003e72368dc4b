package io.github.lanewise.engine.internal.simd.norm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;

import jdk.incubator.vector.FloatVector;

/**
 * Channels of one value each: a vector holds neighbouring channels. Each method does whole vectors
 * from a channel on and returns where the scalar set takes over.
 */
final class SimdFeatures {

    private SimdFeatures() {}

    /** Sums; a strided sum of one value begins with 0, so -0 becomes 0. */
    static int sums(Matrix x, float beta, Matrix sums, int from, int to) {
        int c = from;
        for (; c + COUNT <= to; c += COUNT) {
            int at = sums.offset() + c;
            FloatVector sum =
                    beta == 0 ? FloatVector.zero(FLOATS) : fromArray(FLOATS, sums.data(), at);
            for (int image = 0; image < x.rows(); image++) {
                sum =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), start(x, image) + c))
                                .add(0f)
                                .add(sum);
            }
            FLOAT_VECTOR.cast(sum).intoArray(sums.data(), at);
        }
        return c;
    }

    static int normalize(ChannelNorm normalization, Matrix x, Matrix y, int from, int to) {
        Matrix means = normalization.mean();
        Matrix variances = normalization.variance();
        Matrix low = normalization.meanLow();
        FloatVector one = ZERO.broadcast(1f);
        Matrix weight = normalization.weight();
        Matrix bias = normalization.bias();
        int end = FLOATS.loopBound(x.cols());
        for (int c = 0; c < end; c += COUNT) {
            FloatVector mean = fromArray(FLOATS, means.data(), means.offset() + c);
            FloatVector variance =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, variances.data(), variances.offset() + c));
            FloatVector r = one.div(variance.add(normalization.eps()).sqrt());
            FloatVector offset =
                    low == null
                            ? ZERO.broadcast(-0f)
                            : FLOAT_VECTOR
                                    .cast(fromArray(FLOATS, low.data(), low.offset() + c))
                                    .mul(r)
                                    .neg();
            FloatVector w =
                    weight == null ? one : fromArray(FLOATS, weight.data(), weight.offset() + c);
            FloatVector b =
                    weight == null
                            ? ZERO.broadcast(-0f)
                            : fromArray(FLOATS, bias.data(), bias.offset() + c);
            for (int image = from; image < to; image++) {
                FloatVector z =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), start(x, image) + c))
                                .sub(mean)
                                .fma(r, offset);
                z.fma(w, b).intoArray(y.data(), start(y, image) + c);
            }
        }
        return end;
    }

    static int gradientSums(
            ChannelNorm normalization,
            Matrix x,
            Matrix dy,
            Matrix dWeight,
            Matrix dBias,
            int from,
            int to) {
        Matrix means = normalization.mean();
        Matrix variances = normalization.variance();
        Matrix low = normalization.meanLow();
        FloatVector one = ZERO.broadcast(1f);
        int end = sums(dy, 0, dBias, from, to);
        for (int c = from; c < end; c += COUNT) {
            FloatVector mean = fromArray(FLOATS, means.data(), means.offset() + c);
            FloatVector variance =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, variances.data(), variances.offset() + c));
            FloatVector r = one.div(variance.add(normalization.eps()).sqrt());
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int image = 0; image < x.rows(); image++) {
                FloatVector u =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), start(x, image) + c))
                                .sub(mean);
                sum =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, dy.data(), start(dy, image) + c))
                                .mul(u)
                                .add(sum);
            }
            FloatVector centered = r;
            if (low == null) {
                centered = r.mul(sum);
            } else {
                FloatVector minusLow =
                        FLOAT_VECTOR.cast(fromArray(FLOATS, low.data(), low.offset() + c)).neg();
                FloatVector b = fromArray(FLOATS, dBias.data(), dBias.offset() + c);
                centered = minusLow.fma(b, sum).mul(r);
            }
            centered.intoArray(dWeight.data(), dWeight.offset() + c);
        }
        return end;
    }

    static int gradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx,
            int from,
            int to) {
        Matrix means = normalization.mean();
        Matrix variances = normalization.variance();
        Matrix low = normalization.meanLow();
        FloatVector one = ZERO.broadcast(1f);
        Matrix weight = normalization.weight();
        float count = x.rows();
        int end = FLOATS.loopBound(x.cols());
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int c = 0; c < end; c += COUNT) {
            FloatVector mean = fromArray(FLOATS, means.data(), means.offset() + c);
            FloatVector variance =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, variances.data(), variances.offset() + c));
            FloatVector r = one.div(variance.add(normalization.eps()).sqrt());
            FloatVector offset =
                    low == null
                            ? ZERO.broadcast(-0f)
                            : FLOAT_VECTOR
                                    .cast(fromArray(FLOATS, low.data(), low.offset() + c))
                                    .mul(r)
                                    .neg();
            FloatVector factor =
                    weight == null
                            ? r
                            : r.mul(fromArray(FLOATS, weight.data(), weight.offset() + c));
            FloatVector w =
                    dWeight == null
                            ? zero
                            : FLOAT_VECTOR
                                    .cast(fromArray(FLOATS, dWeight.data(), dWeight.offset() + c))
                                    .div(count);
            FloatVector b =
                    dBias == null
                            ? zero
                            : FLOAT_VECTOR
                                    .cast(fromArray(FLOATS, dBias.data(), dBias.offset() + c))
                                    .div(count);
            for (int image = from; image < to; image++) {
                FloatVector z =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x.data(), start(x, image) + c))
                                .sub(mean)
                                .fma(r, offset);
                FloatVector d =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, dy.data(), start(dy, image) + c))
                                .sub(b);
                z.neg().fma(w, d).mul(factor).intoArray(dx.data(), start(dx, image) + c);
            }
        }
        return end;
    }

    private static int start(Matrix x, int image) {
        return x.offset() + image * x.ld();
    }
}
