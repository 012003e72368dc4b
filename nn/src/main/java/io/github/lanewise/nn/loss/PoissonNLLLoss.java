package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;

/**
 * The negative log-likelihood of counts t under a Poisson distribution of rate e<sup>x</sup>:
 * e<sup>x</sup> - t x, derivative e<sup>x</sup> - t; without {@code logInput} the rate is x itself:
 * x - t ln(x + eps), derivative 1 - t / (x + eps).
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param logInput whether predictions are logarithms of rates
 * @param full whether Stirling's approximation of ln t!, t ln t - t + ln(2 pi t) / 2 where t is
 *     above 1, is added
 * @param eps keeps the logarithm from 0; of use without logInput
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record PoissonNLLLoss(boolean logInput, boolean full, float eps, Reduction reduction)
        implements Loss {

    private static final float EPS = 1e-8f;

    /** Checks the arguments. */
    public PoissonNLLLoss {
        Numbers.requireNotNegative("PoissonNLLLoss", "eps", eps);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss of logarithms of rates, not full. */
    public PoissonNLLLoss() {
        this(true, false, EPS, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public PoissonNLLLoss reduction(Reduction other) {
        return new PoissonNLLLoss(logInput, full, eps, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new FormulaLossPass(
                this, this::loss, this::slope, reduction, predictions, workspace);
    }

    private double loss(double x, double t) {
        double likelihood =
                logInput
                        ? StrictMath.exp(x) - t * x
                        : x - (t == 0 ? 0 : t * StrictMath.log(x + eps));
        return full && t > 1 ? likelihood + stirling(t) : likelihood;
    }

    private double slope(double x, double t) {
        return logInput ? StrictMath.exp(x) - t : 1 - (t == 0 ? 0 : t / (x + eps));
    }

    private static double stirling(double t) {
        return t * StrictMath.log(t) - t + StrictMath.log(2 * Math.PI * t) / 2;
    }

    @Override
    public String toString() {
        return "PoissonNLLLoss(logInput=%s, full=%s, eps=%s%s)"
                .formatted(logInput, full, eps, reduction.suffix(", "));
    }
}
