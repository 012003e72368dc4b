package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.PointwiseLoss;

/** Losses over spans of n elements; see {@link io.github.lanewise.engine.Losses}. */
public interface LossKernels {

    /** Writes losses and, unless dx is null, gradients; the span starts in column j. */
    void pointwise(
            PointwiseLoss f,
            int j,
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float scale,
            float[] losses,
            int lossOffset,
            float[] dx,
            int dxOffset,
            int n);

    /** y = w * y. */
    void weigh(float[] w, int wOffset, float[] y, int yOffset, int n);
}
