package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The hinge loss of support vector machines: max(margin - t x, 0) of each score x and target t,
 * which is 1 or -1; derivative -t where the loss is above 0.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param margin by how much a score must be on the right side
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record HingeLoss(float margin, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public HingeLoss {
        LossChecks.requireFinite("HingeLoss", "margin", margin);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with PyTorch's default, margin 1. */
    public HingeLoss() {
        this(1);
    }

    /** Makes the mean loss. */
    public HingeLoss(float margin) {
        this(margin, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public HingeLoss reduction(Reduction other) {
        return new HingeLoss(margin, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.HINGE, margin);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "HingeLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }
}
