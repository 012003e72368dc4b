package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Objects;

/**
 * Makes like vectors point the same way: 1 - cos(x, y) for like ones, max(cos(x, y) - margin, 0)
 * for unlike ones.
 *
 * <p>A prediction of the shape 2 x features is x and then y, and {@link Targets.Labels} say 1
 * (alike) or -1. A prediction of any other shape is x, its row of {@link Targets.Values} is y, and
 * all are alike.
 *
 * @param margin the cosine that unlike vectors may have, -1 to 1
 * @param reduction mean over samples, or sum
 */
public record CosineEmbeddingLoss(float margin, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public CosineEmbeddingLoss {
        if (!(margin >= -1 && margin <= 1)) {
            throw new IllegalArgumentException(
                    "CosineEmbeddingLoss: margin is %s; it must be from -1 to 1".formatted(margin));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a margin of 0. */
    public CosineEmbeddingLoss() {
        this(0, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public CosineEmbeddingLoss reduction(Reduction other) {
        return new CosineEmbeddingLoss(margin, other);
    }

    /** Makes the mean loss. */
    public CosineEmbeddingLoss(float margin) {
        this(margin, Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        boolean pairs = predictions.rank() == 2 && predictions.dimension(0) == 2;
        return new RowLossPass(
                this,
                reduction,
                predictions,
                workspace,
                false,
                pairs ? new Pairs(this, margin) : ofTargets(workspace.buffer(predictions)));
    }

    private RowLossPass.Kernel ofTargets(Matrix spare) {
        return (kernels, x, targets, scale, losses, dx) -> {
            Matrix y = LossChecks.values(this, targets, x);
            kernels.cosine(x, y, null, margin, scale, losses, dx, spare);
        };
    }

    @Override
    public String toString() {
        return "CosineEmbeddingLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }

    /** Sees each row as two halves; the windows onto them are made once for each matrix. */
    private static final class Pairs implements RowLossPass.Kernel {

        private final Loss loss;
        private final float margin;
        private Matrix rows;
        private Matrix gradient;
        private Matrix x;
        private Matrix y;
        private Matrix dx;
        private Matrix dy;

        Pairs(Loss loss, float margin) {
            this.loss = loss;
            this.margin = margin;
        }

        @Override
        public void apply(
                Losses kernels,
                Matrix rows,
                Targets targets,
                float scale,
                Matrix losses,
                Matrix d) {
            if (rows != this.rows || d != gradient) {
                this.rows = rows;
                gradient = d;
                x = half(rows, 0);
                y = half(rows, 1);
                dx = half(d, 0);
                dy = half(d, 1);
            }
            int[] signs = LossChecks.labels(loss, targets);
            kernels.cosine(x, y, signs, margin, scale, losses, dx, dy);
        }

        private static Matrix half(Matrix matrix, int which) {
            int n = matrix.cols() / 2;
            return new Matrix(
                    matrix.data(), matrix.offset() + which * n, matrix.rows(), n, matrix.ld());
        }
    }
}
