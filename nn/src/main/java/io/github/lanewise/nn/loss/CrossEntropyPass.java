package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

/**
 * Plain labels go through one fused kernel. All else becomes rows q of targets: with p =
 * logSoftmax(logits), the loss is -q.p and the logits' gradient that of p for dp = -q.
 */
final class CrossEntropyPass implements LossPass {

    private final SoftmaxCrossEntropy loss;
    private final Kernels kernels;
    private final int batch;
    private final int classes;
    private final ClassTargets rule;
    private final Matrix losses;
    private final Matrix gradient;
    private Matrix targetRows;
    private Matrix logProbabilities;
    private boolean ready;

    CrossEntropyPass(SoftmaxCrossEntropy loss, Shape logits, Workspace workspace) {
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
    public float forward(Matrix predictions, Targets targets) {
        ready = true;
        if (targets instanceof Targets.Labels labels) {
            if (loss.isPlain() && !contains(labels.classes(), loss.ignoreIndex())) {
                return fused(predictions, labels.classes());
            }
            return fromLabels(predictions, labels.classes());
        }
        return fromProbabilities(predictions, LossChecks.values(loss, targets, predictions));
    }

    private static boolean contains(int[] labels, int ignored) {
        for (int label : labels) {
            if (label == ignored) {
                return true;
            }
        }
        return false;
    }

    private float fused(Matrix logits, int[] labels) {
        int divisor = loss.reduction().divisor(batch, 1);
        kernels.softmaxCrossEntropy(logits, labels, 1f / divisor, losses, gradient);
        return (float) (kernels.sum(losses) / divisor);
    }

    private float fromLabels(Matrix logits, int[] labels) {
        if (targetRows == null) {
            makeRows();
        }
        kernels.losses().classTargets(rule, labels, targetRows, losses);
        boolean mean = loss.reduction() == Reduction.MEAN;
        double divisor = mean ? kernels.sum(losses) : loss.reduction().divisor(batch, 1);
        return fromRows(logits, divisor);
    }

    private float fromProbabilities(Matrix logits, Matrix probabilities) {
        if (targetRows == null) {
            makeRows();
        }
        kernels.losses().classTargets(rule, probabilities, targetRows);
        return fromRows(logits, loss.reduction().divisor(batch, 1));
    }

    private float fromRows(Matrix logits, double divisor) {
        kernels.logSoftmax(logits, logProbabilities);
        double sum = -kernels.weightedSum(targetRows, logProbabilities);
        if (gradient != null) {
            kernels.scale(divisor == 0 ? 0 : (float) (-1 / divisor), targetRows);
            kernels.logSoftmaxGradient(logProbabilities, targetRows, gradient);
        }
        return (float) (sum / divisor);
    }

    @Override
    public Matrix backward() {
        Passes.requireForward(loss, gradient != null, ready ? this : null);
        return gradient;
    }
}
