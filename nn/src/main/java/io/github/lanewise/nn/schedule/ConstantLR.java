package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Holds a share of the rate for a while, then the rate.
 *
 * @param rate the learning rate
 * @param factor the share; 1/3 in PyTorch
 * @param totalIters how many steps or epochs it holds; 5 in PyTorch
 */
public record ConstantLR(double rate, double factor, long totalIters) implements Schedule {

    /** Checks the numbers. */
    public ConstantLR {
        Schedules.requireRate("ConstantLR", rate);
        Numbers.requireNotNegative("ConstantLR", "factor", factor);
        Numbers.requireNotNegative("ConstantLR", "totalIters", totalIters);
    }

    /** Holds the rate for ever. */
    public ConstantLR(double rate) {
        this(rate, 1, 0);
    }

    @Override
    public double at(long t) {
        return t < totalIters ? rate * factor : rate;
    }
}
