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
 * losses and gradients of each are multiplied afterwards.
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

    /** Returns how many predictions of a sample are right or wrong. */
    int judged(Targets targets, int sample) {
        return 1;
    }

    /** Returns how many predictions of a sample are right. */
    int right(Matrix predictions, Targets targets, int sample) {
        return 0;
    }

    /** Checks targets, without weights, before training begins. */
    void checkPlain(Targets targets) {}

    private static Targets plain(Targets targets) {
        return targets instanceof Targets.Weighted weighted ? weighted.targets() : targets;
    }

    private static float[] weights(Targets targets) {
        return targets instanceof Targets.Weighted weighted ? weighted.weights() : null;
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
        for (int i = 0; weights != null && i < weights.length; i++) {
            weight += weights[i] * weightOf(plain, i, i + 1);
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
        sum = weights == null ? sum : weigh(weights);
        ready = true;
        return (float) (sum / divisor);
    }

    private double weigh(float[] weights) {
        weightedLosses = WeightedRows.of(lossRows(), weightedLosses);
        weightedLosses.weigh(kernels, weights);
        if (gradient() != null) {
            weightedGradient = WeightedRows.of(gradient(), weightedGradient);
            weightedGradient.weigh(kernels, weights);
        }
        return kernels.sum(lossRows());
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
        double judged = 0;
        for (int i = 0; i < targets.size(); i++) {
            judged += (weights == null ? 1 : weights[i]) * judged(plain, i);
        }
        return judged;
    }

    @Override
    public final double right(Matrix predictions, Targets targets) {
        Targets plain = plain(targets);
        if (!judges(plain)) {
            return NO_ACCURACY;
        }
        float[] weights = weights(targets);
        double right = 0;
        for (int i = 0; i < targets.size(); i++) {
            right += (weights == null ? 1 : weights[i]) * right(predictions, plain, i);
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
