package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The divergence of Kullback and Leibler (1951) of each target t from a prediction x that is a
 * logarithm, as {@link io.github.lanewise.nn.layer.LogSoftmax} makes: t (ln t - x), 0 where t is 0;
 * derivative -t. For the divergence of whole distributions take {@link Reduction#BATCH_MEAN}, not
 * the mean over elements.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param logTarget whether targets are logarithms too: e<sup>t</sup> (t - x)
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record KLDivLoss(boolean logTarget, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public KLDivLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with PyTorch's default, logTarget false. */
    public KLDivLoss() {
        this(false);
    }

    /** Makes the mean loss. */
    public KLDivLoss(boolean logTarget) {
        this(logTarget, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public KLDivLoss reduction(Reduction other) {
        return new KLDivLoss(logTarget, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function =
                new PointwiseLoss(
                        logTarget
                                ? PointwiseLoss.Kind.KL_DIVERGENCE_OF_LOGS
                                : PointwiseLoss.Kind.KL_DIVERGENCE,
                        0);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "KLDivLoss(logTarget=%s%s)".formatted(logTarget, reduction.suffix(", "));
    }
}
