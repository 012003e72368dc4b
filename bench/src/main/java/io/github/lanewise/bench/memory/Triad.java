package io.github.lanewise.bench.memory;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.simd.SimdKernels;

/**
 * a[i] = b[i] + s c[i], McCalpin's measure of memory, as a kernel set that has nothing else: in
 * place of the engine's combination of two operands, so that it is checked, cut and handed over to
 * threads like every kernel beside it. C2 makes vectors of its loop, since one index serves all
 * three.
 */
final class Triad implements PointwiseKernels {

    private static final float S = 0.5f;

    private Triad() {}

    /** Returns a set whose combination z of x and y is x + S y. */
    static KernelSet set() {
        KernelSet simd = SimdKernels.create();
        return new KernelSet(
                "triad",
                simd.vectorBits(),
                simd.products(),
                new Triad(),
                simd.updates(),
                simd.rows(),
                simd.normalizations(),
                simd.cells(),
                simd.convolutions(),
                simd.pools(),
                simd.channels(),
                simd.losses());
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
        if (xOffset != zOffset || yOffset != zOffset) {
            throw new UnsupportedOperationException("operands that are cut differently");
        }
        for (int i = zOffset; i < zOffset + n; i++) {
            z[i] = Math.fma(y[i], S, x[i]);
        }
    }

    @Override
    public void activate(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scale(float alpha, float[] x, int xOffset, int n) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dropout(
            long key, float p, int first, float[] x, int xOffset, float[] y, int yOffset, int n) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unpackBytes(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n) {
        throw new UnsupportedOperationException();
    }
}
