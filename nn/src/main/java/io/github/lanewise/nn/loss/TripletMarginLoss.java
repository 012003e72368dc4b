package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;

/**
 * Makes an anchor nearer to a positive than to a negative example: max(margin + |a - p| - |a - n|,
 * 0), in the Euclidean norm, eps being added to each difference of elements (Balntas and others,
 * 2016).
 *
 * <p>A prediction has the shape 3 x features: anchor, positive and negative. Targets are not looked
 * at: {@code Targets.values(Matrix.zeros(batch, 0))} will do.
 *
 * @param margin by how much the negative must be further away
 * @param eps keeps distances from 0, where they have no derivative
 * @param reduction mean over samples, or sum
 */
public record TripletMarginLoss(float margin, float eps, Reduction reduction) implements Loss {

    private static final float EPS = 1e-6f;

    /** Checks the arguments. */
    public TripletMarginLoss {
        LossChecks.requireFinite("TripletMarginLoss", "margin", margin);
        Numbers.requireNotNegative("TripletMarginLoss", "eps", eps);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a margin of 1. */
    public TripletMarginLoss() {
        this(1);
    }

    /** Makes the mean loss. */
    public TripletMarginLoss(float margin) {
        this(margin, EPS, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public TripletMarginLoss reduction(Reduction other) {
        return new TripletMarginLoss(margin, eps, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        if (predictions.rank() < 2 || predictions.dimension(0) != 3) {
            throw new IllegalArgumentException(
                    ("TripletMarginLoss: predictions are %s; they must be 3 x features: anchor,"
                                    + " positive, negative")
                            .formatted(predictions));
        }
        return new RowLossPass(
                this,
                reduction,
                predictions,
                workspace,
                false,
                (kernels, x, targets, scale, losses, dx) ->
                        kernels.tripletMargin(x, margin, eps, scale, losses, dx));
    }

    @Override
    public String toString() {
        return "TripletMarginLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }
}
