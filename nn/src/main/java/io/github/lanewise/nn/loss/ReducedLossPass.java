package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * The pass of a loss that adds up numbers and divides their sum as its reduction says.
 *
 * <p>Samples without weights are a matter of one call, {@link #sum}. If they have weights, the
 * losses and gradients of each are multiplied afterwards. Weights may be those of parts of samples,
 * their steps: then a part is what a sample is else, its losses are added up in ascending order,
 * and the sum does not change with the number of parts of weight 0.
 */
abstract class ReducedLossPass implements PartialLossPass {

    private static final int COUNTERS = 3;

    private final Loss loss;
    private final Reduction reduction;
    private final boolean training;
    private final Kernels kernels;
    private final double[] own = new double[COUNTERS];
    private double sum;
    private boolean ready;
    private WeightedRows weightedLosses;
    private WeightedRows weightedGradient;

    ReducedLossPass(Loss loss, Reduction reduction, Workspace workspace) {
        this.loss = loss;
        this.reduction = reduction;
        this.training = workspace.training();
        this.kernels = workspace.kernels();
    }

    /** Returns what a mean over some samples of these targets divides by, without their weights. */
    abstract double weightOf(Targets targets, int from, int to);

    /**
     * Returns the same of one of the equal parts of a sample.
     *
     * @param parts how many a sample has
     */
    double weightOf(Targets targets, int sample, int part, int parts) {
        return weightOf(targets, sample, sample + 1) / parts;
    }

    /**
     * Computes the sum of the losses, and its gradient times scale.
     *
     * @param scale 1 / the divisor; 0 if nothing counts
     */
    abstract double sum(Matrix predictions, Targets targets, float scale);

    /** Returns the gradient that the last call of sum computed. */
    abstract Matrix gradient();

    /** Returns the losses of the last call of sum, a row for each sample. */
    abstract Matrix lossRows();

    /** Returns whether predictions for such targets are right or wrong. */
    boolean judges(Targets targets) {
        return false;
    }

    /** Returns how many predictions of one of the equal parts of a sample are right or wrong. */
    int judged(Targets targets, int sample, int part, int parts) {
        return 1;
    }

    /** Returns how many predictions of one of the equal parts of a sample are right. */
    int correct(Matrix predictions, Targets targets, int sample, int part, int parts) {
        return 0;
    }

    /** Returns whether the parts of a sample lie one behind the other in its gradient. */
    boolean partsAreRuns() {
        return true;
    }

    /** Checks targets, without weights, before training begins. */
    void checkPlain(Targets targets) {}

    private Targets plain(Targets targets) {
        LossChecks.requireOnePart(loss, targets);
        return targets instanceof Targets.Weighted weighted ? weighted.targets() : targets;
    }

    private static float[] weights(Targets targets) {
        return targets instanceof Targets.Weighted weighted ? weighted.weights() : null;
    }

    private static int parts(Targets targets) {
        return targets instanceof Targets.Weighted weighted ? weighted.perSample() : 1;
    }

    private void requireParts(int parts) {
        if (parts > 1 && (lossRows().cols() % parts != 0 || !partsAreRuns())) {
            throw new IllegalArgumentException(
                    ("%s: targets have a weight for each of %s steps, the loss has %s numbers for a"
                                    + " sample; give a target for each step, classes last")
                            .formatted(loss, parts, lossRows().cols()));
        }
    }

    @Override
    public final int counters() {
        return COUNTERS;
    }

    @Override
    public final void count(Targets targets, double[] counts, int from) {
        Targets plain = plain(targets);
        float[] weights = weights(targets);
        double count = weightOf(plain, 0, targets.size());
        double weight = weights == null ? count : 0;
        int parts = parts(targets);
        if (parts > 1) {
            count = 0;
        }
        for (int i = 0; weights != null && i < weights.length; i++) {
            double one =
                    parts == 1
                            ? weightOf(plain, i, i + 1)
                            : weightOf(plain, i / parts, i % parts, parts);
            weight += weights[i] * one;
            count += parts > 1 && weights[i] != 0 ? one : 0;
        }
        counts[from] += weight;
        counts[from + 1] += targets.size();
        counts[from + 2] += count;
    }

    @Override
    public final float forward(Matrix predictions, Targets targets) {
        countOwn(targets);
        return reduced(predictions, targets, own, 0);
    }

    @Override
    public final float forward(Matrix predictions, Targets targets, double[] counts, int from) {
        countOwn(targets);
        return reduced(predictions, targets, counts, from);
    }

    private void countOwn(Targets targets) {
        Arrays.fill(own, 0);
        count(targets, own, 0);
    }

    private float reduced(Matrix predictions, Targets targets, double[] counts, int from) {
        double divisor = reduction.divisor(counts[from], counts[from + 1], counts[from + 2]);
        float scale = divisor == 0 ? 0 : (float) (1 / divisor);
        float[] weights = weights(targets);
        sum = sum(predictions, plain(targets), scale);
        sum = weights == null ? sum : weigh(weights, parts(targets));
        ready = true;
        return (float) (sum / divisor);
    }

    private double weigh(float[] weights, int parts) {
        requireParts(parts);
        weightedLosses = WeightedRows.of(lossRows(), parts, weightedLosses);
        weightedLosses.weigh(kernels, weights);
        if (gradient() != null) {
            weightedGradient = WeightedRows.of(gradient(), parts, weightedGradient);
            weightedGradient.weigh(kernels, weights);
        }
        return parts == 1 ? kernels.sum(lossRows()) : sumOfLosses();
    }

    private double sumOfLosses() {
        Matrix rows = lossRows();
        double all = 0;
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < rows.cols(); j++) {
                all += rows.data()[rows.offset() + i * rows.ld() + j];
            }
        }
        return all;
    }

    @Override
    public final Matrix losses() {
        if (!ready) {
            throw new IllegalStateException("losses: no forward call came before; call forward");
        }
        return lossRows();
    }

    @Override
    public final void check(Targets targets) {
        checkPlain(plain(targets));
    }

    @Override
    public final double judged(Targets targets) {
        Targets plain = plain(targets);
        if (!judges(plain)) {
            return NO_ACCURACY;
        }
        float[] weights = weights(targets);
        int parts = parts(targets);
        double judged = 0;
        for (int i = 0; i < targets.size() * parts; i++) {
            judged +=
                    (weights == null ? 1 : weights[i]) * judged(plain, i / parts, i % parts, parts);
        }
        return judged;
    }

    @Override
    public final double correct(Matrix predictions, Targets targets) {
        Targets plain = plain(targets);
        if (!judges(plain)) {
            return NO_ACCURACY;
        }
        float[] weights = weights(targets);
        int parts = parts(targets);
        double right = 0;
        for (int i = 0; i < targets.size() * parts; i++) {
            right +=
                    (weights == null ? 1 : weights[i])
                            * correct(predictions, plain, i / parts, i % parts, parts);
        }
        return right;
    }

    @Override
    public final double sum() {
        return sum;
    }

    @Override
    public final double weight() {
        return reduction == Reduction.COUNT_MEAN ? own[2] : own[0];
    }

    @Override
    public final Matrix backward() {
        Passes.requireForward(loss, training, ready ? this : null);
        return gradient();
    }
}
