package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Lowers the rate every few steps: rate gamma^floor(t / stepSize).
 *
 * @param rate first learning rate
 * @param stepSize steps or epochs between two changes
 * @param gamma factor
 */
public record StepLR(double rate, long stepSize, double gamma) implements Schedule {

    /** Checks the numbers. */
    public StepLR {
        Schedules.requireRate("StepLR", rate);
        Numbers.requireNotNegative("StepLR", "gamma", gamma);
        Numbers.requirePositive("StepLR", "step size", stepSize);
    }

    /** Lowers it to a tenth. */
    public StepLR(double rate, long stepSize) {
        this(rate, stepSize, 0.1);
    }

    @Override
    public double at(long t) {
        return Schedules.power(rate, gamma, t / stepSize);
    }
}
