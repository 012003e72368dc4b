package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.List;
import java.util.Objects;

/**
 * The hinge loss of several classes: for a row of scores x and label y, w[y] / classes times the
 * sum over the other classes j of max(0, margin - x[y] + x[j]), or of its square (Crammer and
 * Singer, 2001, in PyTorch's form).
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Labels}. The mean divides by the batch,
 * whatever the weights.
 *
 * @param squared whether the square is taken; PyTorch's p is 2 then
 * @param margin by how much the label's score must lead
 * @param weight w, one for each class; empty for 1
 * @param reduction mean over samples, or sum
 */
public record MultiMarginLoss(
        boolean squared, float margin, List<Float> weight, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public MultiMarginLoss {
        weight = LossChecks.requireWeights("MultiMarginLoss", weight);
        LossChecks.requireFinite("MultiMarginLoss", "margin", margin);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a margin of 1, not squared, without weights. */
    public MultiMarginLoss() {
        this(false, 1, List.of(), Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public MultiMarginLoss reduction(Reduction other) {
        return new MultiMarginLoss(squared, margin, weight, other);
    }

    @Override
    public LossPass bind(Shape scores, Workspace workspace) {
        LossChecks.requireClasses(this, scores);
        Matrix weights = LossChecks.classWeights(this, weight, scores.features());
        return new RowLossPass(
                this,
                reduction,
                scores,
                workspace,
                true,
                (kernels, x, targets, scale, losses, dx) ->
                        kernels.multiMargin(
                                squared,
                                margin,
                                weights,
                                x,
                                LossChecks.labels(this, targets),
                                scale,
                                losses,
                                dx));
    }

    @Override
    public String toString() {
        return "MultiMarginLoss(%smargin=%s%s%s)"
                .formatted(
                        squared ? "squared, " : "",
                        margin,
                        weight.isEmpty() ? "" : ", weight=" + weight,
                        reduction.suffix(", "));
    }
}
