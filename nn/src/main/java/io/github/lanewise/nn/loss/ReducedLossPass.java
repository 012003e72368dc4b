package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/** The pass of a loss that adds up numbers and divides their sum as its reduction says. */
abstract class ReducedLossPass implements PartialLossPass {

    private static final int COUNTERS = 2;

    private final Loss loss;
    private final Reduction reduction;
    private final boolean training;
    private final double[] own = new double[COUNTERS];
    private double sum;
    private boolean ready;

    ReducedLossPass(Loss loss, Reduction reduction, boolean training) {
        this.loss = loss;
        this.reduction = reduction;
        this.training = training;
    }

    /** Returns what a mean over these targets divides by. */
    abstract double weightOf(Targets targets);

    /**
     * Computes the sum of the losses, and its gradient times scale.
     *
     * @param scale 1 / the divisor; 0 if nothing counts
     */
    abstract double sum(Matrix predictions, Targets targets, float scale);

    /** Returns the gradient that the last call of sum computed. */
    abstract Matrix gradient();

    @Override
    public final int counters() {
        return COUNTERS;
    }

    @Override
    public final void count(Targets targets, double[] counts, int from) {
        counts[from] += weightOf(targets);
        counts[from + 1] += targets.size();
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
        double divisor = reduction.divisor(counts[from], counts[from + 1]);
        sum = sum(predictions, targets, divisor == 0 ? 0 : (float) (1 / divisor));
        ready = true;
        return (float) (sum / divisor);
    }

    @Override
    public final double sum() {
        return sum;
    }

    @Override
    public final double weight() {
        return own[0];
    }

    @Override
    public final Matrix backward() {
        Passes.requireForward(loss, training, ready ? this : null);
        return gradient();
    }
}
