package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/**
 * Plain labels go through one fused kernel. All else becomes rows q of targets: with p =
 * logSoftmax(logits), the loss is -q.p and the logits' gradient that of p for dp = -q.
 */
final class CrossEntropyPass extends ReducedLossPass {

    private final SoftmaxCrossEntropy loss;
    private final Kernels kernels;
    private final int batch;
    private final int classes;
    private final ClassTargets rule;
    private final Matrix losses;
    private final Matrix gradient;
    private Matrix targetRows;
    private Matrix logProbabilities;

    CrossEntropyPass(SoftmaxCrossEntropy loss, Shape logits, Workspace workspace) {
        super(loss, loss.reduction(), workspace.training());
        this.loss = loss;
        this.kernels = workspace.kernels();
        this.batch = workspace.batch();
        this.classes = logits.features();
        this.rule = loss.rule(classes);
        this.losses = Matrix.zeros(1, batch);
        this.gradient = workspace.training() ? workspace.buffer(logits) : null;
        if (!loss.isPlain()) {
            makeRows();
        }
    }

    /** Called by the constructor, or once by the first batch with probabilities or ignored ones. */
    private void makeRows() {
        targetRows = Matrix.zeros(batch, classes);
        logProbabilities = Matrix.zeros(batch, classes);
    }

    @Override
    double weightOf(Targets targets) {
        if (!(targets instanceof Targets.Labels labels)) {
            return targets.size();
        }
        double sum = 0;
        for (int label : labels.classes()) {
            if (label != loss.ignoreIndex()) {
                sum += weightOf(label);
            }
        }
        return sum;
    }

    /** Returns a class's weight; that of a label out of range does not matter, it is refused. */
    private double weightOf(int label) {
        return loss.weight().isEmpty() || label < 0 || label >= classes
                ? 1
                : loss.weight().get(label);
    }

    @Override
    double sum(Matrix predictions, Targets targets, float scale) {
        if (targets instanceof Targets.Labels labels) {
            if (loss.isPlain() && !contains(labels.classes(), loss.ignoreIndex())) {
                kernels.softmaxCrossEntropy(predictions, labels.classes(), scale, losses, gradient);
                return kernels.sum(losses);
            }
            requireRows();
            kernels.losses().classTargets(rule, labels.classes(), targetRows, losses);
        } else {
            requireRows();
            Matrix probabilities = LossChecks.values(loss, targets, predictions);
            kernels.losses().classTargets(rule, probabilities, targetRows);
        }
        return fromRows(predictions, scale);
    }

    private static boolean contains(int[] labels, int ignored) {
        for (int label : labels) {
            if (label == ignored) {
                return true;
            }
        }
        return false;
    }

    private void requireRows() {
        if (targetRows == null) {
            makeRows();
        }
    }

    private double fromRows(Matrix logits, float scale) {
        kernels.logSoftmax(logits, logProbabilities);
        double sum = -kernels.weightedSum(targetRows, logProbabilities);
        if (gradient != null) {
            kernels.scale(-scale, targetRows);
            kernels.logSoftmaxGradient(logProbabilities, targetRows, gradient);
        }
        return sum;
    }

    @Override
    Matrix gradient() {
        return gradient;
    }

    @Override
    public void check(Targets targets) {
        if (!(targets instanceof Targets.Labels labels)) {
            return;
        }
        for (int i = 0; i < labels.size(); i++) {
            int label = labels.classes()[i];
            if (label != loss.ignoreIndex() && (label < 0 || label >= classes)) {
                throw new IllegalArgumentException(
                        ("SoftmaxCrossEntropy: sample %d has label %d; the model has %d classes, so"
                                        + " it must be from 0 to %d, or %d to be ignored")
                                .formatted(i, label, classes, classes - 1, loss.ignoreIndex()));
            }
        }
    }

    @Override
    public int judged(Targets targets) {
        if (!(targets instanceof Targets.Labels labels)) {
            return NO_ACCURACY;
        }
        int counted = 0;
        for (int label : labels.classes()) {
            counted += label == loss.ignoreIndex() ? 0 : 1;
        }
        return counted;
    }
}
