package io.github.lanewise.engine.internal.simd.loss;

import io.github.lanewise.engine.PointwiseLoss;

/** One pointwise loss over whole vectors; {@code ScalarLosses} says what it computes. */
interface LossLoop {

    /** Returns the loop of a loss. */
    static LossLoop of(PointwiseLoss f) {
        return switch (f.kind()) {
            case SQUARED -> DistanceLoss.SQUARED;
            case ABSOLUTE -> DistanceLoss.ABSOLUTE;
            case HUBER -> DistanceLoss.HUBER;
            case SMOOTH_L1 -> DistanceLoss.SMOOTH_L1;
            case HINGE -> MarginLoss.HINGE;
            case HINGE_EMBEDDING -> MarginLoss.HINGE_EMBEDDING;
            case SOFT_MARGIN -> LogLoss.SOFT_MARGIN;
            case BCE_WITH_LOGITS -> LogLoss.BCE_WITH_LOGITS;
            case KL_DIVERGENCE -> LogLoss.KL_DIVERGENCE;
            case KL_DIVERGENCE_OF_LOGS -> LogLoss.KL_DIVERGENCE_OF_LOGS;
        };
    }

    /**
     * Computes n elements, a multiple of the lanes and not 0, from column j on; no gradient if dx
     * is null.
     */
    void apply(
            PointwiseLoss f,
            int j,
            float[] x,
            int xAt,
            float[] t,
            int tAt,
            float scale,
            float[] losses,
            int lossAt,
            float[] dx,
            int dxAt,
            int n);
}
