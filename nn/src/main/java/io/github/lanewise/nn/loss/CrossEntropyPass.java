package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.RowView;
import io.github.lanewise.nn.metrics.ArgMax;

import java.util.Arrays;

/**
 * Each position (step or pixel; a sample without such has one) becomes a row of logits. Plain
 * labels go through one fused kernel, ignored ones as class 0, of which nothing is left afterwards.
 * All else becomes rows q of targets: with p = logSoftmax(logits), the loss is -q.p and the logits'
 * gradient that of p for dp = -q.
 */
final class CrossEntropyPass extends ReducedLossPass {

    private final SoftmaxCrossEntropy loss;
    private final Kernels kernels;
    private final int rows;
    private final int classes;
    private final int positions;
    private final boolean classesFirst;
    private final ClassTargets rule;
    private final ClassRows logitRows;
    private final ClassRows gradientRows;
    private final Matrix losses;
    private final Matrix lossRows;
    private final Matrix gradient;
    private ClassRows probabilityRows;
    private Matrix targetRows;
    private Matrix logProbabilities;

    /** Targets of which the losses have not been computed yet, only their sum; or null. */
    private Targets summed;

    private Matrix predicted;

    /** Labels with 0 for the ignored ones. */
    private int[] classesOfIgnored;

    CrossEntropyPass(SoftmaxCrossEntropy loss, Shape logits, Workspace workspace) {
        super(loss, loss.reduction(), workspace);
        this.loss = loss;
        this.kernels = workspace.kernels();
        this.classes = loss.classAxis().classes(logits);
        this.positions = classes == 0 ? 1 : logits.features() / classes;
        this.classesFirst = loss.classAxis().isFirst(logits);
        this.rows = workspace.batch() * positions;
        this.rule = loss.rule(classes);
        this.logitRows = classRows();
        this.losses = Matrix.zeros(1, rows);
        this.lossRows = RowView.of(losses, positions);
        this.gradient = workspace.training() ? workspace.buffer(logits) : null;
        this.gradientRows = gradient == null ? null : classRows();
        if (!loss.isPlain()) {
            makeRows();
        }
    }

    private ClassRows classRows() {
        return new ClassRows(kernels, rows / positions, positions, classes, classesFirst);
    }

    /** Called by the constructor, or once by the first batch with probabilities. */
    private void makeRows() {
        targetRows = Matrix.zeros(rows, classes);
        logProbabilities = Matrix.zeros(rows, classes);
    }

    @Override
    double weightOf(Targets targets, int from, int to) {
        if (!(targets instanceof Targets.Labels labels)) {
            return (double) (to - from) * positions;
        }
        double sum = 0;
        for (int i = from * labels.perSample(); i < to * labels.perSample(); i++) {
            if (labels.classes()[i] != loss.ignoreIndex()) {
                sum += weightOf(labels.classes()[i]);
            }
        }
        return sum;
    }

    @Override
    double weightOf(Targets targets, int sample, int part, int parts) {
        if (!(targets instanceof Targets.Labels labels)) {
            return (double) positions / parts;
        }
        int ofPart = labels.perSample() / parts;
        double sum = 0;
        for (int p = part * ofPart; p < (part + 1) * ofPart; p++) {
            int label = labels.classes()[sample * labels.perSample() + p];
            sum += label == loss.ignoreIndex() ? 0 : weightOf(label);
        }
        return sum;
    }

    @Override
    boolean partsAreRuns() {
        return !classesFirst;
    }

    /** Returns a class's weight; that of a label out of range does not matter, it is refused. */
    private double weightOf(int label) {
        return loss.weight().isEmpty() || label < 0 || label >= classes
                ? 1
                : loss.weight().get(label);
    }

    @Override
    double sum(Matrix predictions, Targets targets, float scale) {
        requirePositions(targets);
        summed = null;
        Matrix logits = logitRows.of(predictions);
        Matrix into = gradient == null ? null : gradientRows.into(gradient);
        double sum;
        if (targets instanceof Targets.Labels labels && loss.isPlain()) {
            sum = ofLabels(logits, labels.classes(), scale, into);
        } else {
            makeTargetRows(predictions, targets);
            sum = fromRows(logits, scale, into);
            summed = targets;
            predicted = predictions;
        }
        if (gradient != null) {
            gradientRows.writeBack(gradient);
        }
        return sum;
    }

    private double ofLabels(Matrix logits, int[] labels, float scale, Matrix into) {
        boolean ignored = contains(labels, loss.ignoreIndex());
        int[] judged = ignored ? withoutIgnored(labels) : labels;
        kernels.softmaxCrossEntropy(logits, judged, scale, losses, into);
        for (int i = 0; ignored && i < rows; i++) {
            if (labels[i] == loss.ignoreIndex()) {
                losses.data()[i] = 0;
                clearRow(into, i);
            }
        }
        return kernels.sum(losses);
    }

    private int[] withoutIgnored(int[] labels) {
        if (classesOfIgnored == null || classesOfIgnored.length != labels.length) {
            classesOfIgnored = new int[labels.length];
        }
        for (int i = 0; i < labels.length; i++) {
            classesOfIgnored[i] = labels[i] == loss.ignoreIndex() ? 0 : labels[i];
        }
        return classesOfIgnored;
    }

    private static void clearRow(Matrix rows, int i) {
        if (rows != null) {
            int from = rows.offset() + i * rows.ld();
            Arrays.fill(rows.data(), from, from + rows.cols(), 0);
        }
    }

    private static boolean contains(int[] labels, int ignored) {
        for (int label : labels) {
            if (label == ignored) {
                return true;
            }
        }
        return false;
    }

    private void makeTargetRows(Matrix predictions, Targets targets) {
        if (targetRows == null) {
            makeRows();
        }
        if (targets instanceof Targets.Labels labels) {
            kernels.losses().classTargets(rule, labels.classes(), targetRows, losses);
            return;
        }
        if (probabilityRows == null) {
            probabilityRows = classRows();
        }
        Matrix probabilities = LossChecks.values(loss, targets, predictions);
        kernels.losses().classTargets(rule, probabilityRows.of(probabilities), targetRows);
    }

    private double fromRows(Matrix logits, float scale, Matrix into) {
        kernels.logSoftmax(logits, logProbabilities);
        double sum = -kernels.weightedSum(targetRows, logProbabilities);
        if (into != null) {
            kernels.scale(-scale, targetRows);
            kernels.logSoftmaxGradient(logProbabilities, targetRows, into);
        }
        return sum;
    }

    @Override
    Matrix gradient() {
        return gradient;
    }

    @Override
    Matrix lossRows() {
        if (summed != null) {
            makeTargetRows(predicted, summed);
            for (int i = 0; i < rows; i++) {
                losses.data()[i] = (float) -sumOfRow(i);
            }
            summed = null;
        }
        return lossRows;
    }

    private double sumOfRow(int row) {
        double sum = 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
            double q = targetRows.data()[i];
            sum += q == 0 ? 0 : q * logProbabilities.data()[i];
        }
        return sum;
    }

    @Override
    void checkPlain(Targets targets) {
        requirePositions(targets);
        if (!(targets instanceof Targets.Labels labels)) {
            return;
        }
        for (int i = 0; i < labels.classes().length; i++) {
            int label = labels.classes()[i];
            if (label != loss.ignoreIndex() && (label < 0 || label >= classes)) {
                throw new IllegalArgumentException(
                        ("SoftmaxCrossEntropy: sample %s has label %s%s; the model has %s classes,"
                                        + " so it must be from 0 to %s, or %s to be ignored")
                                .formatted(
                                        i / positions,
                                        label,
                                        positions == 1 ? "" : " at position " + i % positions,
                                        classes,
                                        classes - 1,
                                        loss.ignoreIndex()));
            }
        }
    }

    private void requirePositions(Targets targets) {
        int numbers = positions * classes;
        if (targets instanceof Targets.Values values && values.rows().cols() != numbers) {
            throw new IllegalArgumentException(
                    ("SoftmaxCrossEntropy: targets have %s numbers a sample, predictions %s; give"
                         + " as many probabilities, or the numbers of classes by Targets.labels")
                            .formatted(values.rows().cols(), numbers));
        }
        if (targets instanceof Targets.Labels labels && labels.perSample() != positions) {
            throw new IllegalArgumentException(
                    ("SoftmaxCrossEntropy: targets have %s labels a sample, predictions have %s"
                                    + " positions of %s classes; give one for each, by"
                                    + " Targets.labels(rows)")
                            .formatted(labels.perSample(), positions, classes));
        }
    }

    @Override
    boolean judges(Targets targets) {
        return targets instanceof Targets.Labels;
    }

    @Override
    int judged(Targets targets, int sample, int part, int parts) {
        int[] labels = ((Targets.Labels) targets).classes();
        int ofPart = positions / parts;
        int from = sample * positions + part * ofPart;
        int judged = 0;
        for (int i = from; i < from + ofPart; i++) {
            judged += labels[i] == loss.ignoreIndex() ? 0 : 1;
        }
        return judged;
    }

    @Override
    int correct(Matrix predictions, Targets targets, int sample, int part, int parts) {
        int[] labels = ((Targets.Labels) targets).classes();
        int from = logitRows.gather(predictions, sample);
        float[] scores = logitRows.gathered(predictions);
        int ofPart = positions / parts;
        int right = 0;
        for (int p = part * ofPart; p < (part + 1) * ofPart; p++) {
            int label = labels[sample * positions + p];
            int found = ArgMax.of(scores, from + p * classes, classes, 1);
            right += label != loss.ignoreIndex() && found != ArgMax.NONE && found == label ? 1 : 0;
        }
        return right;
    }
}
