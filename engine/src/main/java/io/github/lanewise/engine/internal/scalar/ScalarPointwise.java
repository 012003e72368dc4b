package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.PointwiseKernels;

/** One loop for each pointwise operation. */
public final class ScalarPointwise implements PointwiseKernels {

    @Override
    public void activate(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = ScalarActivations.value(f, x[xOffset + j]);
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
        for (int j = 0; j < n; j++) {
            dx[dxOffset + j] =
                    ScalarActivations.gradient(f, saved[savedOffset + j], dy[dyOffset + j]);
        }
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; alpha != 0 && j < n; j++) {
            y[yOffset + j] = Fma.fma(alpha, x[xOffset + j], y[yOffset + j]);
        }
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
        for (int j = 0; j < n; j++) {
            z[zOffset + j] = combination(how, x[xOffset + j], y[yOffset + j]);
        }
    }

    private static float combination(Combination how, float x, float y) {
        return switch (how) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
        };
    }

    @Override
    public void scale(float alpha, float[] x, int xOffset, int n) {
        for (int j = 0; j < n; j++) {
            x[xOffset + j] = alpha == 0 ? 0f : alpha * x[xOffset + j];
        }
    }

    @Override
    public void dropout(
            long key, float p, int first, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int threshold = ScalarDropout.threshold(p);
        float scale = ScalarDropout.scale(p);
        for (int j = 0; j < n; j++) {
            boolean stays = ScalarDropout.keeps(key, threshold, first + j);
            y[yOffset + j] = stays ? x[xOffset + j] * scale : 0f;
        }
    }

    @Override
    public void unpackBytes(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = Fma.fma(x[xOffset + j] & 0xff, scale, shift);
        }
    }
}
