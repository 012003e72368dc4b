package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The absolute error: |x - t| of each prediction x and target t; derivative the sign of x - t, 0 at
 * 0.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record L1Loss(Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public L1Loss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public L1Loss reduction(Reduction other) {
        return new L1Loss(other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.ABSOLUTE, 0);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "L1Loss(%s)".formatted(reduction.suffix(""));
    }
}
