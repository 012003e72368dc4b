package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;

/**
 * The negative log-likelihood of targets under normal distributions, of which mean and variance are
 * predicted: (ln w + (m - t)<sup>2</sup> / w) / 2, w = max(e<sup>v</sup>, eps).
 *
 * <p>Predictions are of the shape 2 x features: means m, then logarithms v of variances, as a
 * linear layer makes them (PyTorch takes variances). Targets are {@link Targets.Values} of features
 * numbers. Derivatives (m - t) / w and, as PyTorch's where w is eps too, e<sup>v</sup> (1 / w - (m
 * - t)<sup>2</sup> / w<sup>2</sup>) / 2.
 *
 * @param full whether ln(2 pi) / 2 is added
 * @param eps the least variance, above 0
 * @param reduction mean over all targets, sum, or mean over samples
 */
public record GaussianNLLLoss(boolean full, float eps, Reduction reduction) implements Loss {

    private static final double CONSTANT = StrictMath.log(2 * Math.PI) / 2;

    /** Checks the arguments. */
    public GaussianNLLLoss {
        Numbers.requireAboveZero("GaussianNLLLoss", "eps", eps);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss, not full, with an eps of 1e-6. */
    public GaussianNLLLoss() {
        this(false, 1e-6f, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public GaussianNLLLoss reduction(Reduction other) {
        return new GaussianNLLLoss(full, eps, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PairLossPass.requirePairs(this, predictions, "means, then logarithms of variances");
        return new NormalPass(predictions, workspace);
    }

    @Override
    public String toString() {
        return "GaussianNLLLoss(full=%s, eps=%s%s)".formatted(full, eps, reduction.suffix(", "));
    }

    private final class NormalPass extends PairLossPass {

        private Matrix targets;

        NormalPass(Shape predictions, Workspace workspace) {
            super(GaussianNLLLoss.this, reduction, predictions, workspace);
        }

        @Override
        void begin(Matrix predictions, Targets given) {
            targets = targetRows(given, predictions.rows());
        }

        @Override
        double pair(int i, int j, double mean, double v) {
            double d = mean - targets.data()[targets.offset() + i * targets.ld() + j];
            double variance = StrictMath.exp(v);
            double w = Math.max(variance, eps);
            slopes(d / w, variance * (1 / w - d * d / (w * w)) / 2);
            return (StrictMath.log(w) + d * d / w) / 2 + (full ? CONSTANT : 0);
        }
    }
}
