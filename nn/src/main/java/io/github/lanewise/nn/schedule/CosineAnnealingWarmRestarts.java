package io.github.lanewise.nn.schedule;

/**
 * Goes down along half a cosine wave and starts again, each time for longer (Loshchilov and Hutter,
 * "SGDR: stochastic gradient descent with warm restarts", 2017).
 *
 * @param rate learning rate at each start
 * @param steps steps or epochs until the first restart
 * @param factor by which each course is longer than the last, 1 or more
 * @param lowest learning rate, which no step reaches
 */
public record CosineAnnealingWarmRestarts(double rate, long steps, int factor, double lowest)
        implements Schedule {

    /** Checks steps and factor. */
    public CosineAnnealingWarmRestarts {
        Schedules.requireSteps("CosineAnnealingWarmRestarts", "steps", steps);
        Schedules.requireSteps("CosineAnnealingWarmRestarts", "factor", factor);
    }

    /** Goes down towards 0. */
    public CosineAnnealingWarmRestarts(double rate, long steps, int factor) {
        this(rate, steps, factor, 0);
    }

    @Override
    public double at(long t) {
        long length = steps;
        long since = t;
        if (factor == 1) {
            since = t % steps;
        }
        while (since >= length) {
            since -= length;
            length *= factor;
        }
        return Schedules.cosine(rate, lowest, (double) since / length);
    }
}
