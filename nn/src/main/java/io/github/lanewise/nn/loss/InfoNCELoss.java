package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Arrays;
import java.util.Objects;

/**
 * Lets each query find its own key among the keys of the batch (van den Oord and others,
 * "Representation learning with contrastive predictive coding", 2018): with cosines c, the loss of
 * sample i is -ln(e<sup>c(i, i) / t</sup> / sum of e<sup>c(i, k) / t</sup> over all k). Symmetric,
 * as CLIP's (Radford and others, 2021), it is the mean of that and of the same with queries and
 * keys exchanged.
 *
 * <p>Predictions are of 2 x features, query and key of each sample; targets are not looked at:
 * {@code Targets.none(n)}. Samples are compared within a pass: with {@code accumulate} or {@code
 * shards} within each part. No weights of samples.
 *
 * @param temperature t, above 0
 * @param symmetric whether keys shall find their queries, too
 * @param reduction mean over samples, or sum
 */
public record InfoNCELoss(float temperature, boolean symmetric, Reduction reduction)
        implements Loss {

    /** Checks the arguments. */
    public InfoNCELoss {
        Numbers.requireAboveZero("InfoNCELoss", "temperature", temperature);
        ContrastivePass.requireReduction(
                "InfoNCELoss", Objects.requireNonNull(reduction, "reduction"));
    }

    /** Makes the mean loss of queries with a temperature of 0.1. */
    public InfoNCELoss() {
        this(0.1f, false, Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        ContrastivePass.requirePairs(this, predictions, workspace);
        return new KeysPass(predictions, workspace);
    }

    @Override
    public String toString() {
        return "InfoNCELoss(temperature=%s%s%s)"
                .formatted(temperature, symmetric ? ", symmetric" : "", reduction.suffix(", "));
    }

    private final class KeysPass extends ContrastivePass {

        private final int batch;
        private final Matrix logits;
        private final Matrix ofRows;
        private final int[] own;
        private Matrix units;
        private Matrix[] halves;
        private Matrix[] gradients;

        KeysPass(Shape predictions, Workspace workspace) {
            super(InfoNCELoss.this, reduction, predictions, workspace);
            batch = workspace.batch();
            logits = Matrix.zeros(batch, batch);
            ofRows = Matrix.zeros(1, batch);
            own = new int[batch];
            Arrays.setAll(own, i -> i);
        }

        @Override
        void compare(Kernels kernels, Matrix all, float scale, Matrix losses, Matrix dUnits) {
            if (units != all) {
                units = all;
                halves = halves(all);
                gradients = halves(dUnits);
            }
            float share = symmetric ? 0.5f : 1;
            Arrays.fill(losses.data(), 0);
            compare(kernels, 0, 1, share, scale, 0, losses);
            if (symmetric) {
                compare(kernels, 1, 0, share, scale, 1, losses);
            }
            kernels.scale(1 / temperature, dUnits);
        }

        private Matrix[] halves(Matrix all) {
            return new Matrix[] {all.rowRange(0, batch), all.rowRange(batch, 2 * batch)};
        }

        private void compare(
                Kernels kernels,
                int query,
                int key,
                float share,
                float scale,
                float beta,
                Matrix losses) {
            products(kernels, halves[query], halves[key], logits);
            kernels.scale(1 / temperature, logits);
            kernels.softmaxCrossEntropy(logits, own, scale * share, ofRows, logits);
            for (int i = 0; i < batch; i++) {
                losses.data()[i] += share * ofRows.data()[i];
            }
            add(kernels, logits, halves[key], beta, gradients[query]);
            addTransposed(kernels, logits, halves[query], beta, gradients[key]);
        }
    }
}
