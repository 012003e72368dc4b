package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Lowers the rate with each step: rate gamma^t.
 *
 * @param rate first learning rate
 * @param gamma factor
 */
public record ExponentialLR(double rate, double gamma) implements Schedule {

    /** Checks the numbers. */
    public ExponentialLR {
        Schedules.requireRate("ExponentialLR", rate);
        Numbers.requireNotNegative("ExponentialLR", "gamma", gamma);
    }

    @Override
    public double at(long t) {
        return Schedules.power(rate, gamma, t);
    }
}
