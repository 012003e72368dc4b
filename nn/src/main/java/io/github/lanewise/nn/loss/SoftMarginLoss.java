package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The logistic loss of targets 1 and -1: ln(1 + e<sup>-t x</sup>) of each score x and target t;
 * derivative -t / (1 + e<sup>t x</sup>).
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record SoftMarginLoss(Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public SoftMarginLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public SoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public SoftMarginLoss reduction(Reduction other) {
        return new SoftMarginLoss(other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.SOFT_MARGIN, 0);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "SoftMarginLoss(%s)".formatted(reduction.suffix(""));
    }
}
