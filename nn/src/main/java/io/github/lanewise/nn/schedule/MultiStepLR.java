package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

import java.util.Arrays;

/**
 * Lowers the rate at chosen steps: rate gamma^(number of milestones up to t).
 *
 * @param rate first learning rate
 * @param gamma factor
 * @param milestones the steps or epochs from which each lower rate holds, in any order
 */
public record MultiStepLR(double rate, double gamma, long... milestones) implements Schedule {

    /** Checks the numbers and copies the milestones. */
    public MultiStepLR {
        Schedules.requireRate("MultiStepLR", rate);
        Numbers.requireNotNegative("MultiStepLR", "gamma", gamma);
        milestones = milestones.clone();
    }

    @Override
    public long[] milestones() {
        return milestones.clone();
    }

    @Override
    public double at(long t) {
        int passed = 0;
        for (long milestone : milestones) {
            passed += milestone <= t ? 1 : 0;
        }
        return Schedules.power(rate, gamma, passed);
    }

    @Override
    public String toString() {
        return "MultiStepLR[rate=%s, gamma=%s, milestones=%s]"
                .formatted(rate, gamma, Arrays.toString(milestones));
    }
}
