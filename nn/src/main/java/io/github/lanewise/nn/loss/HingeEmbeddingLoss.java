package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * Makes distances small between like things and large between others: x where t is 1, max(margin -
 * x, 0) where t is -1, of each distance x and target t.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape.
 *
 * @param margin the distance that unlike things must have
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record HingeEmbeddingLoss(float margin, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public HingeEmbeddingLoss {
        LossChecks.requireFinite("HingeEmbeddingLoss", "margin", margin);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with PyTorch's default, margin 1. */
    public HingeEmbeddingLoss() {
        this(1);
    }

    /** Makes the mean loss. */
    public HingeEmbeddingLoss(float margin) {
        this(margin, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public HingeEmbeddingLoss reduction(Reduction other) {
        return new HingeEmbeddingLoss(margin, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PointwiseLoss function = new PointwiseLoss(PointwiseLoss.Kind.HINGE_EMBEDDING, margin);
        return new PointwiseLossPass(this, function, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "HingeEmbeddingLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }
}
