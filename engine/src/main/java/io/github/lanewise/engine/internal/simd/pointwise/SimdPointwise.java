package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.scalar.ScalarPointwise;

import jdk.incubator.vector.FloatVector;

/** Whole vectors here; what is left at the end of a span goes to {@link ScalarPointwise}. */
public final class SimdPointwise implements PointwiseKernels {

    private final ScalarPointwise tail = new ScalarPointwise();

    @Override
    public void activate(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            SimdActivation.of(f).apply(f, x, xOffset, y, yOffset, done);
        }
        tail.activate(f, x, xOffset + done, y, yOffset + done, n - done);
    }

    @Override
    public void activateGradient(
            Activation f,
            float[] saved,
            int savedOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            SimdActivationGradient.of(f)
                    .apply(f, saved, savedOffset, dy, dyOffset, dx, dxOffset, done);
        }
        tail.activateGradient(
                f, saved, savedOffset + done, dy, dyOffset + done, dx, dxOffset + done, n - done);
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int done = alpha == 0 ? 0 : FLOATS.loopBound(n);
        FloatVector factor = ZERO.broadcast(alpha);
        for (int j = 0; j < done; j += COUNT) {
            factor.fma(fromArray(FLOATS, x, xOffset + j), fromArray(FLOATS, y, yOffset + j))
                    .intoArray(y, yOffset + j);
        }
        tail.axpy(alpha, x, xOffset + done, y, yOffset + done, n - done);
    }

    @Override
    public void combine(
            Combination how,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] z,
            int zOffset,
            int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            CombineLoops.combine(how, x, xOffset, y, yOffset, z, zOffset, done);
        }
        tail.combine(how, x, xOffset + done, y, yOffset + done, z, zOffset + done, n - done);
    }

    @Override
    public void scale(float alpha, float[] x, int xOffset, int n) {
        int done = alpha == 0 ? 0 : FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xOffset + j))
                    .mul(alpha)
                    .intoArray(x, xOffset + j);
        }
        tail.scale(alpha, x, xOffset + done, n - done);
    }

    @Override
    public void dropout(
            long key, float p, int first, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            SimdDropout.apply(key, p, first, x, xOffset, y, yOffset, done);
        }
        tail.dropout(key, p, first + done, x, xOffset + done, y, yOffset + done, n - done);
    }

    @Override
    public void unpackBytes(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n) {
        int done = Bytes.unpack(x, xOffset, scale, shift, y, yOffset, n);
        tail.unpackBytes(x, xOffset + done, scale, shift, y, yOffset + done, n - done);
    }
}
