package io.github.lanewise.nn;

import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;

import java.util.Objects;

/**
 * Makes like vectors point the same way: 1 - cos(x, y) for like ones, max(cos(x, y) - margin, 0)
 * for unlike ones.
 *
 * <p>Either a prediction is x and its target y, in {@link Targets.Values} of its shape, and all are
 * alike; or a prediction has the shape 2 x features, x and then y, and {@link Targets.Labels} say 1
 * (alike) or -1.
 *
 * @param margin the cosine that unlike vectors may have, -1 to 1
 * @param reduction mean over samples, or sum
 */
public record CosineEmbeddingLoss(float margin, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public CosineEmbeddingLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a margin of 0. */
    public CosineEmbeddingLoss() {
        this(0, Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        boolean pairs = predictions.rank() == 2 && predictions.dimension(0) == 2;
        Matrix spare = workspace.buffer(predictions);
        return new RowLossPass(
                this,
                reduction,
                predictions,
                workspace,
                (kernels, x, targets, scale, losses, dx) -> {
                    if (pairs && targets instanceof Targets.Labels labels) {
                        ofPairs(kernels, x, labels.classes(), scale, losses, dx);
                    } else {
                        Matrix y = LossChecks.values(this, targets, x);
                        kernels.cosine(x, y, null, margin, scale, losses, dx, spare);
                    }
                });
    }

    private void ofPairs(
            Losses kernels, Matrix x, int[] signs, float scale, Matrix losses, Matrix dx) {
        kernels.cosine(
                half(x, 0), half(x, 1), signs, margin, scale, losses, half(dx, 0), half(dx, 1));
    }

    private static Matrix half(Matrix x, int which) {
        int n = x.cols() / 2;
        return new Matrix(x.data(), x.offset() + which * n, x.rows(), n, x.ld());
    }

    @Override
    public String toString() {
        return "CosineEmbeddingLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }
}
