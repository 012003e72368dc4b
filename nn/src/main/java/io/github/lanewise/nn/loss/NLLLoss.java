package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.metrics.ArgMax;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The negative logarithm of the label's probability, of predictions that are logarithms of
 * probabilities, as {@link io.github.lanewise.nn.layer.LogSoftmax} makes: -w[label] x[label],
 * derivative -w[label] there, else 0. {@link SoftmaxCrossEntropy}, which takes scores, does both at
 * once.
 *
 * <p>Targets are {@link Targets.Labels}; a sample whose label is {@code ignoreIndex} does not
 * count. The mean divides by the sum of w[label] over the samples that count, as PyTorch's.
 *
 * @param weight w, one for each class; empty for 1
 * @param ignoreIndex label of samples that do not count
 * @param reduction mean over samples, or sum; {@link Reduction#BATCH_MEAN} divides by the batch
 */
public record NLLLoss(List<Float> weight, int ignoreIndex, Reduction reduction) implements Loss {

    private static final int IGNORE_INDEX = -100;

    /** Checks the arguments. */
    public NLLLoss {
        weight = LossChecks.requireWeights("NLLLoss", weight);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss without weights; it ignores label -100. */
    public NLLLoss() {
        this(List.of(), IGNORE_INDEX, Reduction.MEAN);
    }

    /** Returns this loss with a weight for each class. */
    public NLLLoss weight(float... weights) {
        Float[] list = new Float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            list[i] = weights[i];
        }
        return new NLLLoss(List.of(list), ignoreIndex, reduction);
    }

    /** Returns this loss with another label for samples that do not count. */
    public NLLLoss ignoreIndex(int label) {
        return new NLLLoss(weight, label, reduction);
    }

    /** Returns this loss reduced otherwise. */
    public NLLLoss reduction(Reduction other) {
        return new NLLLoss(weight, ignoreIndex, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        LossChecks.requireClasses(this, predictions);
        LossChecks.classWeights(this, weight, predictions.features());
        return new LabelPass(predictions, workspace);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("NLLLoss(");
        text.append(weight.isEmpty() ? "" : "weight=" + weight + ", ");
        text.append(ignoreIndex == IGNORE_INDEX ? "" : "ignoreIndex=" + ignoreIndex + ", ");
        text.append(reduction.suffix(""));
        return text.toString().replaceAll(", $", "") + ")";
    }

    private final class LabelPass extends PlainLossPass {

        private final int classes;
        private int[] labels;

        LabelPass(Shape predictions, Workspace workspace) {
            super(NLLLoss.this, reduction, predictions, 1, workspace);
            classes = predictions.features();
        }

        @Override
        double weightOf(Targets targets, int from, int to) {
            int[] all = LossChecks.labels(NLLLoss.this, targets);
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += weightOf(all[i]);
            }
            return sum;
        }

        /** Returns what a label counts; one that is out of range is refused elsewhere. */
        private double weightOf(int label) {
            if (label == ignoreIndex) {
                return 0;
            }
            return weight.isEmpty() || label < 0 || label >= classes ? 1 : weight.get(label);
        }

        @Override
        void begin(Matrix predictions, Targets targets) {
            checkPlain(targets);
            labels = LossChecks.labels(NLLLoss.this, targets);
        }

        @Override
        double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
            Arrays.fill(dx, to, to + classes, 0);
            double w = weightOf(labels[i]);
            if (w == 0) {
                return 0;
            }
            dx[to + labels[i]] = (float) (-scale * w);
            return -w * x[at + labels[i]];
        }

        @Override
        void checkPlain(Targets targets) {
            int[] all = LossChecks.labels(NLLLoss.this, targets);
            for (int i = 0; i < all.length; i++) {
                if (all[i] != ignoreIndex && (all[i] < 0 || all[i] >= classes)) {
                    throw new IllegalArgumentException(
                            ("NLLLoss: sample %s has label %s; the model has %s classes, so it must"
                                            + " be from 0 to %s, or %s to be ignored")
                                    .formatted(i, all[i], classes, classes - 1, ignoreIndex));
                }
            }
        }

        @Override
        boolean judges(Targets targets) {
            return true;
        }

        @Override
        int judged(Targets targets, int sample, int part, int parts) {
            return label(targets, sample) == ignoreIndex ? 0 : 1;
        }

        @Override
        int correct(Matrix predictions, Targets targets, int sample, int part, int parts) {
            int from = predictions.offset() + sample * predictions.ld();
            int found = ArgMax.of(predictions.data(), from, classes, 1);
            int label = label(targets, sample);
            return found != ArgMax.NONE && label != ignoreIndex && found == label ? 1 : 0;
        }

        private int label(Targets targets, int sample) {
            return LossChecks.labels(NLLLoss.this, targets)[sample];
        }
    }
}
