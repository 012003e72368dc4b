package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Arrays;
import java.util.Objects;

/**
 * The normalized temperature-scaled cross-entropy of SimCLR (Chen and others, 2020): of two views
 * of each sample, each shall find the other among all other views of the batch. With cosines c, the
 * loss of view i of the pair (i, j) is -ln(e<sup>c(i, j) / t</sup> / sum of e<sup>c(i, k) / t</sup>
 * over all k but i), that of a sample the mean of its two.
 *
 * <p>Predictions are of 2 x features, two views of each sample; targets are not looked at: {@code
 * Targets.none(n)}. Samples are compared within a pass: with {@code accumulate} or {@code shards}
 * within each part. No weights of samples.
 *
 * @param temperature t, above 0
 * @param reduction mean over samples, or sum
 */
public record NTXentLoss(float temperature, Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public NTXentLoss {
        Numbers.requireAboveZero("NTXentLoss", "temperature", temperature);
        ContrastivePass.requireReduction(
                "NTXentLoss", Objects.requireNonNull(reduction, "reduction"));
    }

    /** Makes the mean loss with a temperature of 0.5. */
    public NTXentLoss() {
        this(0.5f);
    }

    /** Makes the mean loss. */
    public NTXentLoss(float temperature) {
        this(temperature, Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        ContrastivePass.requirePairs(this, predictions, workspace);
        return new ViewsPass(predictions, workspace);
    }

    @Override
    public String toString() {
        return "NTXentLoss(temperature=%s%s)".formatted(temperature, reduction.suffix(", "));
    }

    private final class ViewsPass extends ContrastivePass {

        private final int views;
        private final Matrix logits;
        private final Matrix ofViews;
        private final int[] partners;

        ViewsPass(Shape predictions, Workspace workspace) {
            super(NTXentLoss.this, reduction, predictions, workspace);
            views = 2 * workspace.batch();
            logits = Matrix.zeros(views, views);
            ofViews = Matrix.zeros(1, views);
            partners = new int[views];
            Arrays.setAll(partners, i -> (i + views / 2) % views);
        }

        @Override
        void compare(Kernels kernels, Matrix units, float scale, Matrix losses, Matrix dUnits) {
            products(kernels, units, units, logits);
            kernels.scale(1 / temperature, logits);
            for (int i = 0; i < views; i++) {
                logits.data()[i * views + i] = Float.NEGATIVE_INFINITY;
            }
            kernels.softmaxCrossEntropy(logits, partners, scale / 2, ofViews, logits);
            for (int i = 0; i < losses.rows(); i++) {
                float both = ofViews.data()[i] + ofViews.data()[partners[i]];
                losses.data()[i] = both / 2;
            }
            add(kernels, logits, units, 0, dUnits);
            addTransposed(kernels, logits, units, 1, dUnits);
            kernels.scale(1 / temperature, dUnits);
        }
    }
}
