package io.github.lanewise.engine.internal.scalar;

import static io.github.lanewise.engine.internal.scalar.ScalarActivations.sigmoid;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.exp;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.log1p;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.LossKernels;

/** Each loss of one prediction and target, and its derivative. */
public final class ScalarLosses implements LossKernels {

    @Override
    public void pointwise(
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
            int n) {
        Matrix positive = f.posWeight();
        for (int i = 0; i < n; i++) {
            float p = positive == null ? 1f : positive.data()[positive.offset() + j + i];
            float prediction = x[xOffset + i];
            float target = t[tOffset + i];
            losses[lossOffset + i] = value(f, p, prediction, target);
            if (dx != null) {
                dx[dxOffset + i] = scale * gradient(f, p, prediction, target);
            }
        }
    }

    private static float value(PointwiseLoss f, float p, float x, float t) {
        float d = x - t;
        float size = Math.abs(d);
        float alpha = f.alpha();
        return switch (f.kind()) {
            case SQUARED -> d * d;
            case ABSOLUTE -> size;
            case HUBER -> size <= alpha ? 0.5f * d * d : alpha * (size - 0.5f * alpha);
            case SMOOTH_L1 -> size < alpha ? 0.5f * d * (d / alpha) : size - 0.5f * alpha;
            case BCE_WITH_LOGITS -> terms(p * t, softplus(-x), 1f - t, softplus(x));
            case KL_DIVERGENCE -> t == 0 ? 0f : t * (ScalarMath.log(t) - x);
            case KL_DIVERGENCE_OF_LOGS -> product(exp(t), t - x);
            case HINGE -> alpha - t * x <= 0 ? 0f : alpha - t * x;
            case HINGE_EMBEDDING -> (t == -1 ? 0f : x) + (t == 1 || alpha - x < 0 ? 0f : alpha - x);
            case SOFT_MARGIN -> softplus(-(t * x));
        };
    }

    private static float gradient(PointwiseLoss f, float p, float x, float t) {
        float d = x - t;
        float alpha = f.alpha();
        return switch (f.kind()) {
            case SQUARED -> d + d;
            case ABSOLUTE -> sign(d);
            case HUBER -> d < -alpha ? -alpha : d > alpha ? alpha : d;
            case SMOOTH_L1 -> Math.abs(d) < alpha ? d / alpha : sign(d);
            case BCE_WITH_LOGITS -> terms(1f - t, sigmoid(x), -(p * t), sigmoid(-x));
            case KL_DIVERGENCE -> -t;
            case KL_DIVERGENCE_OF_LOGS -> -exp(t);
            case HINGE -> alpha - t * x <= 0 ? 0f : -t;
            case HINGE_EMBEDDING -> (t == -1 ? 0f : 1f) - (t == 1 || alpha - x < 0 ? 0f : 1f);
            case SOFT_MARGIN -> -t * sigmoid(-(t * x));
        };
    }

    /** Returns a x + b y, without a term whose factor a or b is 0. */
    private static float terms(float a, float x, float b, float y) {
        float second = product(b, y);
        return a == 0 ? second : Fma.fma(a, x, second);
    }

    /** Returns a x, or 0 if a is 0, whatever x. */
    private static float product(float a, float x) {
        return a == 0 ? 0f : a * x;
    }

    /** Returns 1, -1, or the number itself if it is 0 or NaN. */
    private static float sign(float d) {
        return d > 0 ? 1f : d < 0 ? -1f : d;
    }

    /** Returns ln(1 + e<sup>x</sup>). */
    private static float softplus(float x) {
        return (x > 0 ? x : 0f) + log1p(exp(-Math.abs(x)));
    }

    @Override
    public void weigh(float[] w, int wOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = product(w[wOffset + j], y[yOffset + j]);
        }
    }
}
