package io.github.lanewise.nn.schedule;

/**
 * Goes down to 0 along a power: rate (1 - min(t, steps) / steps)^power.
 *
 * @param rate first learning rate
 * @param steps steps or epochs until 0
 * @param power 1 for a straight line
 */
public record PolynomialLR(double rate, long steps, double power) implements Schedule {

    /** Checks the steps. */
    public PolynomialLR {
        Schedules.requireSteps("PolynomialLR", "steps", steps);
    }

    @Override
    public double at(long t) {
        return rate * StrictMath.pow(1 - (double) Math.min(t, steps) / steps, power);
    }
}
