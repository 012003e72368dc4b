package io.github.lanewise.engine;

import java.util.Objects;

/**
 * A loss f(x, t) of each prediction x given its target t, with its derivative df/dx.
 *
 * @param kind which function
 * @param alpha its parameter, where it has one; else 0
 * @param posWeight for {@link Kind#BCE_WITH_LOGITS}: 1 x n, the weight p[j] of the positive answer
 *     in column j; null for 1
 */
public record PointwiseLoss(Kind kind, float alpha, Matrix posWeight) {

    /** The functions, with d = x - t. */
    public enum Kind {
        /** f = d<sup>2</sup>, f' = 2d. */
        SQUARED,
        /** f = |d|, f' = sign of d, 0 at 0. */
        ABSOLUTE,
        /** f = d<sup>2</sup> / 2 where |d| &lt;= alpha, else alpha (|d| - alpha / 2). */
        HUBER,
        /** f = (d / 2) (d / alpha) where |d| &lt; alpha, else |d| - alpha / 2. */
        SMOOTH_L1,
        /**
         * f = p t ln(1 + e<sup>-x</sup>) + (1 - t) ln(1 + e<sup>x</sup>), f' = (1 - t) s(x) - p t
         * s(-x), with s(x) = 1 / (1 + e<sup>-x</sup>). A term whose factor p t or 1 - t is 0 is 0,
         * whatever x.
         */
        BCE_WITH_LOGITS,
        /** f = t (ln t - x), 0 where t = 0; f' = -t. The prediction is a logarithm. */
        KL_DIVERGENCE,
        /**
         * f = e<sup>t</sup> (t - x), 0 where e<sup>t</sup> is 0; f' = -e<sup>t</sup>. Both are
         * logarithms.
         */
        KL_DIVERGENCE_OF_LOGS,
        /** f = alpha - t x, or 0 if that is below 0; f' = -t, or 0 if f is 0. */
        HINGE,
        /**
         * f = (x unless t = -1) + (alpha - x unless t = 1 or it is below 0): x is a distance, to be
         * small where t = 1 and at least alpha where t = -1.
         */
        HINGE_EMBEDDING,
        /** f = ln(1 + e<sup>-t x</sup>), f' = -t / (1 + e<sup>t x</sup>). */
        SOFT_MARGIN
    }

    /** Checks that there is a kind. */
    public PointwiseLoss {
        Objects.requireNonNull(kind, "kind");
    }

    /** Makes a loss without a positive weight. */
    public PointwiseLoss(Kind kind, float alpha) {
        this(kind, alpha, null);
    }
}
