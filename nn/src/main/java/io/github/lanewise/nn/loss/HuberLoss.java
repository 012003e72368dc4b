package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;

/**
 * Squared error near the target, absolute error further out (Huber, 1964): d<sup>2</sup> / 2 where
 * |d| &lt;= delta, else delta (|d| - delta / 2), with d = x - t of each prediction x and target t;
 * derivative d clipped to [-delta, delta].
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param delta where the error becomes linear, above 0
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record HuberLoss(float delta, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public HuberLoss {
        Numbers.requireAboveZero("HuberLoss", "delta", delta);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with PyTorch's default, delta 1. */
    public HuberLoss() {
        this(1);
    }

    /** Makes the mean loss. */
    public HuberLoss(float delta) {
        this(delta, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public HuberLoss reduction(Reduction other) {
        return new HuberLoss(delta, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.HUBER, delta);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "HuberLoss(delta=%s%s)".formatted(delta, reduction.suffix(", "));
    }
}
