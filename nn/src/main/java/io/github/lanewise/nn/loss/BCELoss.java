package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The cross-entropy of yes and no, of probabilities: -(t ln x + (1 - t) ln(1 - x)) of each
 * prediction x from 0 to 1 and target t; derivative (x - t) / (x (1 - x)). As in PyTorch a
 * logarithm is at least -100 and the denominator at least 1e-12; a prediction outside 0 to 1 gives
 * NaN. {@link BCEWithLogitsLoss}, which takes scores, is more exact: take it where you can.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record BCELoss(Reduction reduction) implements Loss {

    private static final double LEAST = -100;
    private static final double LEAST_VARIANCE = 1e-12;

    /** Checks the arguments. */
    public BCELoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public BCELoss() {
        this(Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public BCELoss reduction(Reduction other) {
        return new BCELoss(other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new FormulaLossPass(
                this, BCELoss::loss, BCELoss::slope, reduction, predictions, workspace);
    }

    private static double loss(double x, double t) {
        double yes = t == 0 ? 0 : t * Math.max(StrictMath.log(x), LEAST);
        double no = t == 1 ? 0 : (1 - t) * Math.max(StrictMath.log1p(-x), LEAST);
        return x >= 0 && x <= 1 ? -yes - no : Double.NaN;
    }

    private static double slope(double x, double t) {
        return (x - t) / Math.max(x * (1 - x), LEAST_VARIANCE);
    }

    @Override
    public String toString() {
        return "BCELoss(%s)".formatted(reduction.suffix(""));
    }
}
