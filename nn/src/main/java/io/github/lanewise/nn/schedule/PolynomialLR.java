package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Goes down to 0 along a power: rate (1 - min(t, totalIters) / totalIters)^power.
 *
 * @param rate first learning rate
 * @param totalIters steps or epochs until 0
 * @param power 1 for a straight line
 */
public record PolynomialLR(double rate, long totalIters, double power) implements Schedule {

    /** Checks the numbers. */
    public PolynomialLR {
        Schedules.requireRate("PolynomialLR", rate);
        Numbers.requireNotNegative("PolynomialLR", "power", power);
        Numbers.requirePositive("PolynomialLR", "totalIters", totalIters);
    }

    @Override
    public double at(long t) {
        return Schedules.power(rate, 1 - (double) Math.min(t, totalIters) / totalIters, power);
    }
}
