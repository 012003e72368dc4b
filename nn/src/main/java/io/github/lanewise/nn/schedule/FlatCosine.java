package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Stays at a number for the first half, and goes down to 0 along half a cosine wave in the second.
 *
 * @param value in the first half
 * @param steps steps or epochs of both
 */
public record FlatCosine(double value, long steps) implements Schedule {

    /** Checks the steps. */
    public FlatCosine {
        Numbers.requirePositive("FlatCosine", "steps", steps);
    }

    @Override
    public double at(long t) {
        double share = (double) t / steps;
        return share < 0.5 ? value : Schedules.cosine(value, 0, 2 * share - 1);
    }
}
