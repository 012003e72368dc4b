package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Goes in a straight line from one share of the rate to another, up or down, and stays there: rate
 * (startFactor + (endFactor - startFactor) min(t, totalIters) / totalIters).
 *
 * @param rate the learning rate
 * @param startFactor first share; 1/3 in PyTorch
 * @param endFactor last share; 1 in PyTorch
 * @param totalIters steps or epochs from the first to the last; 5 in PyTorch
 */
public record LinearLR(double rate, double startFactor, double endFactor, long totalIters)
        implements Schedule {

    /** Checks the numbers. */
    public LinearLR {
        Schedules.requireRate("LinearLR", rate);
        Numbers.requireNotNegative("LinearLR", "startFactor", startFactor);
        Numbers.requireNotNegative("LinearLR", "endFactor", endFactor);
        Numbers.requirePositive("LinearLR", "totalIters", totalIters);
    }

    @Override
    public double at(long t) {
        return rate
                * (startFactor + (endFactor - startFactor) * Math.min(t, totalIters) / totalIters);
    }
}
