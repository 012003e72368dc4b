package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

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
            activateVectors(f, x, xOffset, y, yOffset, done);
        }
        tail.activate(f, x, xOffset + done, y, yOffset + done, n - done);
    }

    /** Takes one vector or more: a loop that often has none makes C2 think its body cold. */
    private static void activateVectors(
            Activation f, float[] x, int xOffset, float[] y, int yOffset, int done) {
        switch (f.kind()) {
            case IDENTITY -> System.arraycopy(x, xOffset, y, yOffset, done);
            case RELU -> relu(x, xOffset, y, yOffset, done);
            case EXP -> exp(x, xOffset, y, yOffset, done);
            case LOG -> log(x, xOffset, y, yOffset, done);
        }
    }

    private static void relu(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = fromArray(FLOATS, x, xOffset + j);
            v.blend(0f, v.compare(LE, 0f)).intoArray(y, yOffset + j);
        }
    }

    private static void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            SimdMath.exp(fromArray(FLOATS, x, xOffset + j)).intoArray(y, yOffset + j);
        }
    }

    private static void log(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = fromArray(FLOATS, x, xOffset + j);
            SimdMath.logAtLimits(v, SimdMath.log(v)).intoArray(y, yOffset + j);
        }
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
        switch (f.kind()) {
            case IDENTITY -> System.arraycopy(dy, dyOffset, dx, dxOffset, done);
            case RELU -> reluGradient(saved, savedOffset, dy, dyOffset, dx, dxOffset, done);
            case EXP -> multiply(saved, savedOffset, dy, dyOffset, dx, dxOffset, done);
            case LOG -> divide(saved, savedOffset, dy, dyOffset, dx, dxOffset, done);
        }
        tail.activateGradient(
                f, saved, savedOffset + done, dy, dyOffset + done, dx, dxOffset + done, n - done);
    }

    private static void reluGradient(
            float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector d = fromArray(FLOATS, dy, dyOffset + j);
            d.blend(0f, fromArray(FLOATS, y, yOffset + j).compare(LE, 0f))
                    .intoArray(dx, dxOffset + j);
        }
    }

    private static void multiply(
            float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            fromArray(FLOATS, dy, dyOffset + j)
                    .mul(fromArray(FLOATS, y, yOffset + j))
                    .intoArray(dx, dxOffset + j);
        }
    }

    private static void divide(
            float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            fromArray(FLOATS, dy, dyOffset + j)
                    .div(fromArray(FLOATS, x, xOffset + j))
                    .intoArray(dx, dxOffset + j);
        }
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int done = FLOATS.loopBound(n);
        FloatVector factor = broadcast(FLOATS, alpha);
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
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            fromArray(FLOATS, x, xOffset + j).mul(alpha).intoArray(x, xOffset + j);
        }
        tail.scale(alpha, x, xOffset + done, n - done);
    }

    @Override
    public void unpackBytes(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n) {
        int done = Bytes.unpack(x, xOffset, scale, shift, y, yOffset, n);
        tail.unpackBytes(x, xOffset + done, scale, shift, y, yOffset + done, n - done);
    }
}
