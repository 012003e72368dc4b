package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The logarithm of the hyperbolic cosine of the error: ln cosh(x - t), computed as |d| + ln(1 +
 * e<sup>-2|d|</sup>) - ln 2, d = x - t; derivative tanh d. Half the squared error near 0, the
 * absolute one less ln 2 far away.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record LogCoshLoss(Reduction reduction) implements Loss {

    private static final double LN_2 = StrictMath.log(2);

    /** Checks the arguments. */
    public LogCoshLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public LogCoshLoss() {
        this(Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public LogCoshLoss reduction(Reduction other) {
        return new LogCoshLoss(other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new FormulaLossPass(
                this, LogCoshLoss::loss, LogCoshLoss::slope, reduction, predictions, workspace);
    }

    private static double loss(double x, double t) {
        double d = Math.abs(x - t);
        return d + StrictMath.log1p(StrictMath.exp(-2 * d)) - LN_2;
    }

    private static double slope(double x, double t) {
        return StrictMath.tanh(x - t);
    }

    @Override
    public String toString() {
        return "LogCoshLoss(%s)".formatted(reduction.suffix(""));
    }
}
