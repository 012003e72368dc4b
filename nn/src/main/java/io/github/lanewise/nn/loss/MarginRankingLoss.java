package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Objects;

/**
 * Puts two scores in order: max(margin - y (a - b), 0), y 1 where a shall be the larger and -1
 * where b shall.
 *
 * <p>Predictions are of the shape 2 x features: a, then b. Targets are {@link Targets.Labels} 1 or
 * -1, one for each sample. Derivatives -y and y where the loss is above 0, and as in PyTorch where
 * it is 0 because the margin is just met, else 0.
 *
 * @param margin by how much the larger must lead
 * @param reduction mean over all pairs, sum, or mean over samples
 */
public record MarginRankingLoss(float margin, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public MarginRankingLoss {
        LossChecks.requireFinite("MarginRankingLoss", "margin", margin);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a margin of 0. */
    public MarginRankingLoss() {
        this(0);
    }

    /** Makes the mean loss. */
    public MarginRankingLoss(float margin) {
        this(margin, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public MarginRankingLoss reduction(Reduction other) {
        return new MarginRankingLoss(margin, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        PairLossPass.requirePairs(this, predictions, "the first scores, then the second");
        return new RankingPass(predictions, workspace);
    }

    @Override
    public String toString() {
        return "MarginRankingLoss(margin=%s%s)".formatted(margin, reduction.suffix(", "));
    }

    private final class RankingPass extends PairLossPass {

        private int[] signs;

        RankingPass(Shape predictions, Workspace workspace) {
            super(MarginRankingLoss.this, reduction, predictions, workspace);
        }

        @Override
        void begin(Matrix predictions, Targets targets) {
            signs = LossChecks.labels(MarginRankingLoss.this, targets);
            checkPlain(targets);
        }

        @Override
        void checkPlain(Targets targets) {
            int[] labels = LossChecks.labels(MarginRankingLoss.this, targets);
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] != 1 && labels[i] != -1) {
                    throw new IllegalArgumentException(
                            "MarginRankingLoss: sample %s has label %s; it must be 1 or -1"
                                    .formatted(i, labels[i]));
                }
            }
        }

        @Override
        double pair(int i, int j, double a, double b) {
            double value = margin - signs[i] * (a - b);
            int slope = value >= 0 ? signs[i] : 0;
            slopes(-slope, slope);
            return Math.max(value, 0);
        }
    }
}
