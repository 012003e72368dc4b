package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

/**
 * A loss pass that can compute what one part of a larger batch contributes to the loss of all of
 * it, so that parts that are computed one after another, or on several machines, add up to the step
 * of the whole.
 *
 * <p>First the {@link #count}s of all parts are added up, then each part's forward call is given
 * the sum. The losses of the parts, and their gradients, are then terms of the whole batch's.
 */
public interface PartialLossPass extends LossPass {

    /** Returns how many numbers {@link #count} writes. */
    int counters();

    /**
     * Adds what of these targets counts in the divisor of a mean.
     *
     * @param counts receives {@link #counters} sums
     * @param from where they begin
     */
    void count(Targets targets, double[] counts, int from);

    /**
     * Computes the share of this part in the loss of a batch.
     *
     * @param counts of the whole batch
     * @param from where this loss's begin
     */
    float forward(Matrix predictions, Targets targets, double[] counts, int from);

    /** Returns the sum of the last losses, not divided by anything. */
    double sum();

    /** Returns what the mean of the last losses divides their sum by; 0 if none of them counts. */
    double weight();
}
