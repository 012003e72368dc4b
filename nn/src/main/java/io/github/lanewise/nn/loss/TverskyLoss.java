package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * How much of a mask the predictions miss, with weights for the two ways to be wrong (Salehi and
 * others, 2017): 1 - (h + smooth) / (h + alpha f + beta m + smooth) of each sample, with
 * predictions x from 0 to 1, targets t, h = the sum of x t, f = that of x (1 - t), m = that of (1 -
 * x) t.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape, as a
 * rule 0 or 1. For scores put a sigmoid before it.
 *
 * @param alpha weight of what is predicted and should not be
 * @param beta weight of what should be predicted and is not
 * @param smooth makes the loss of empty masks smooth; where all that is divided by is 0, it is 0
 * @param reduction mean over samples, or sum
 */
public record TverskyLoss(float alpha, float beta, float smooth, Reduction reduction)
        implements Loss {

    /** Checks the arguments. */
    public TverskyLoss {
        if (!(alpha >= 0 && beta >= 0 && smooth >= 0) || !Float.isFinite(alpha + beta + smooth)) {
            throw new IllegalArgumentException(
                    "TverskyLoss: alpha is %s, beta %s, smooth %s; each must be 0 or more, and finite"
                            .formatted(alpha, beta, smooth));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a smooth of 1. */
    public TverskyLoss(float alpha, float beta) {
        this(alpha, beta, 1, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public TverskyLoss reduction(Reduction other) {
        return new TverskyLoss(alpha, beta, smooth, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        double[] numbers = {alpha, beta, smooth};
        return new OverlapLossPass(this, numbers, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "TverskyLoss(alpha=%s, beta=%s, smooth=%s%s)"
                .formatted(alpha, beta, smooth, reduction.suffix(", "));
    }
}
