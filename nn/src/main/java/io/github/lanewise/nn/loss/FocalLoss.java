package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The cross-entropy of yes and no with less weight on what is right already (Lin and others, "Focal
 * loss for dense object detection", 2017), of scores x: a (1 - p)<sup>gamma</sup> c, with c what
 * {@link BCEWithLogitsLoss} has, p the probability that the prediction gives to the target t, and a
 * = alpha t + (1 - alpha) (1 - t). With s = 1 / (1 + e<sup>-x</sup>) and u = 1 - p = s (1 - t) + (1
 * - s) t, its derivative is a (u<sup>gamma</sup> (s - t) - gamma u<sup>gamma - 1</sup> c s (1 - s)
 * (2t - 1)).
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param alpha weight of the positive answer, 0 to 1; a negative number for no weights
 * @param gamma how soon what is right counts less, 0 or more
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record FocalLoss(float alpha, float gamma, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public FocalLoss {
        if (!(alpha <= 1) || !(gamma >= 0 && gamma < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "FocalLoss: alpha is %s, gamma %s; at most 1, and 0 or more and finite"
                            .formatted(alpha, gamma));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with alpha 0.25 and gamma 2. */
    public FocalLoss() {
        this(0.25f, 2);
    }

    /** Makes the mean loss. */
    public FocalLoss(float alpha, float gamma) {
        this(alpha, gamma, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public FocalLoss reduction(Reduction other) {
        return new FocalLoss(alpha, gamma, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new FormulaLossPass(
                this, this::loss, this::slope, reduction, predictions, workspace);
    }

    private double loss(double x, double t) {
        return weight(t) * power(wrong(x, t), gamma) * crossEntropy(x, t);
    }

    private double slope(double x, double t) {
        double s = sigmoid(x);
        double u = wrong(x, t);
        double first = power(u, gamma) * (s - t);
        double inner = s * sigmoid(-x) * (2 * t - 1);
        double second =
                gamma == 0 || inner == 0
                        ? 0
                        : gamma * power(u, gamma - 1.0) * crossEntropy(x, t) * inner;
        return weight(t) * (first - second);
    }

    private double weight(double t) {
        return alpha < 0 ? 1 : alpha * t + (1 - (double) alpha) * (1 - t);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double wrong(double x, double t) {
        return sigmoid(x) * (1 - t) + sigmoid(-x) * t;
    }

    /** StrictMath's own allocates. */
    private static double power(double u, double exponent) {
        return exponent == 0 ? 1 : StrictMath.exp(exponent * StrictMath.log(u));
    }

    private static double crossEntropy(double x, double t) {
        return Math.max(x, 0) - x * t + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    @Override
    public String toString() {
        return "FocalLoss(alpha=%s, gamma=%s%s)".formatted(alpha, gamma, reduction.suffix(", "));
    }
}
