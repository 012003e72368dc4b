package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The pinball loss, whose least mean is the quantile of the targets (Koenker and Bassett, 1978): q
 * (t - x) where the target t is above the prediction x, else (1 - q) (x - t); derivative -q, or 1 -
 * q where x is above t, 0 where they are equal.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param quantile q, between 0 and 1; 0.5 gives half the absolute error
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record QuantileLoss(float quantile, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public QuantileLoss {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "QuantileLoss: quantile is %s; it must be between 0 and 1".formatted(quantile));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss of a quantile. */
    public QuantileLoss(float quantile) {
        this(quantile, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public QuantileLoss reduction(Reduction other) {
        return new QuantileLoss(quantile, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new FormulaLossPass(
                this, this::loss, this::slope, reduction, predictions, workspace);
    }

    private double loss(double x, double t) {
        double q = quantile;
        return Math.max(q * (t - x), (1 - q) * (x - t));
    }

    private double slope(double x, double t) {
        double q = quantile;
        return x == t ? 0 : x < t ? -q : x > t ? 1 - q : Double.NaN;
    }

    @Override
    public String toString() {
        return "QuantileLoss(quantile=%s%s)".formatted(quantile, reduction.suffix(", "));
    }
}
