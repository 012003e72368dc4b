package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * The binary cross-entropy of sigmoid(x) for each score x and target t from 0 to 1: w (p t ln(1 +
 * e<sup>-x</sup>) + (1 - t) ln(1 + e<sup>x</sup>)); derivative w ((1 - t) s(x) - p t s(-x)), s the
 * sigmoid. Neither overflows nor cancels for large scores.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape. The
 * mean divides by the number of elements, whatever the weights.
 *
 * @param weight w of each element, 1 x features or batch x features; null for 1
 * @param posWeight p of each feature, 1 x features: above 1 it favours recall, below 1 precision;
 *     null for 1
 * @param reduction mean over all elements, sum, or mean over samples
 */
public record BCEWithLogitsLoss(Matrix weight, Matrix posWeight, Reduction reduction)
        implements Loss {

    /** Checks the arguments. */
    public BCEWithLogitsLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss without weights. */
    public BCEWithLogitsLoss() {
        this(null, null, Reduction.MEAN);
    }

    /** Returns this loss with a weight for each element. */
    public BCEWithLogitsLoss weight(Matrix weight) {
        return new BCEWithLogitsLoss(weight, posWeight, reduction);
    }

    /** Returns this loss with a weight for the positive answer of each feature. */
    public BCEWithLogitsLoss posWeight(float... weights) {
        return new BCEWithLogitsLoss(weight, Matrix.row(weights), reduction);
    }

    /** Returns this loss reduced otherwise. */
    public BCEWithLogitsLoss reduction(Reduction reduction) {
        return new BCEWithLogitsLoss(weight, posWeight, reduction);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        int features = predictions.features();
        requireWeights("positive weight", posWeight, 1, features);
        requireWeights("weight", weight, workspace.batch(), features);
        PointwiseLoss function =
                new PointwiseLoss(PointwiseLoss.Kind.BCE_WITH_LOGITS, 0, posWeight);
        return new BinaryLossPass(this, function, predictions, workspace);
    }

    private static void requireWeights(String name, Matrix weights, int rows, int features) {
        if (weights != null
                && (weights.cols() != features || weights.rows() != 1 && weights.rows() != rows)) {
            throw new IllegalArgumentException(
                    "BCEWithLogitsLoss: %s is %s; predictions have %s features, it must be 1x%s%s"
                            .formatted(
                                    name,
                                    weights.shape(),
                                    features,
                                    features,
                                    rows == 1 ? "" : " or " + rows + "x" + features));
        }
    }

    @Override
    public String toString() {
        String weights =
                (weight == null ? "" : "weighted, ")
                        + (posWeight == null ? "" : "positive weight, ");
        String all = weights + reduction.suffix("");
        return "BCEWithLogitsLoss(%s)".formatted(all.replaceAll(", $", ""));
    }
}
