package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The {@link HuberLoss} divided by its delta, here beta (Girshick, 2015): d<sup>2</sup> / (2 beta)
 * where |d| &lt; beta, else |d| - beta / 2, with d = x - t of each prediction x and target t;
 * derivative d / beta clipped to [-1, 1].
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param beta where the error becomes linear; 0 makes it the {@link L1Loss}
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record SmoothL1Loss(float beta, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public SmoothL1Loss {
        if (!(beta >= 0)) {
            throw new IllegalArgumentException(
                    "SmoothL1Loss: beta is %s; it must be 0 or more".formatted(beta));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with PyTorch's default, beta 1. */
    public SmoothL1Loss() {
        this(1);
    }

    /** Makes the mean loss. */
    public SmoothL1Loss(float beta) {
        this(beta, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public SmoothL1Loss reduction(Reduction other) {
        return new SmoothL1Loss(beta, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.SMOOTH_L1, beta);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "SmoothL1Loss(beta=%s%s)".formatted(beta, reduction.suffix(", "));
    }
}
