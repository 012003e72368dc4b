package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;

/**
 * Operations on each element alone, over a span: n elements side by side from an offset on.
 *
 * <p>See {@link io.github.lanewise.engine.Kernels} for the mathematics.
 */
public interface PointwiseKernels {

    void activate(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n);

    void activateGradient(
            Activation f,
            float[] saved,
            int savedOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int n);

    void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n);

    void combine(
            Combination how,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] z,
            int zOffset,
            int n);

    void scale(float alpha, float[] x, int xOffset, int n);

    /** Drops from elements that are numbered from {@code first} on. */
    void dropout(
            long key, float p, int first, float[] x, int xOffset, float[] y, int yOffset, int n);

    /** y = fma(x, scale, shift) over unsigned bytes. */
    void unpackBytes(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n);
}
