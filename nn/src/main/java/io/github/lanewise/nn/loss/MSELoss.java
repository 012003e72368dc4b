package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The squared error: (x - t)<sup>2</sup> of each prediction x and target t; derivative 2 (x - t).
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record MSELoss(Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public MSELoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public MSELoss() {
        this(Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.SQUARED, 0);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "MSELoss(%s)".formatted(reduction.suffix(""));
    }
}
