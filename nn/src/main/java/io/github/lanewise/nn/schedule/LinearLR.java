package io.github.lanewise.nn.schedule;

/**
 * Goes in a straight line from one share of the rate to another, up or down, and stays there: rate
 * (start + (end - start) min(t, steps) / steps).
 *
 * @param rate the learning rate
 * @param start first share; 1/3 in PyTorch
 * @param end last share; 1 in PyTorch
 * @param steps steps or epochs from the first to the last; 5 in PyTorch
 */
public record LinearLR(double rate, double start, double end, long steps) implements Schedule {

    /** Checks the steps. */
    public LinearLR {
        Schedules.requireSteps("LinearLR", "steps", steps);
    }

    @Override
    public double at(long t) {
        return rate * (start + (end - start) * Math.min(t, steps) / steps);
    }
}
