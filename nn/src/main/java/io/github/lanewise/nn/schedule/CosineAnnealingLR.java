package io.github.lanewise.nn.schedule;

/**
 * Goes down along half a cosine wave, and on along the wave after that (Loshchilov and Hutter,
 * "SGDR", 2017, without restarts): min + (rate - min) (1 + cos(pi t / steps)) / 2.
 *
 * @param rate first learning rate
 * @param steps steps or epochs until the lowest
 * @param lowest learning rate
 */
public record CosineAnnealingLR(double rate, long steps, double lowest) implements Schedule {

    /** Checks the steps. */
    public CosineAnnealingLR {
        Schedules.requireSteps("CosineAnnealingLR", "steps", steps);
    }

    /** Goes down to 0. */
    public CosineAnnealingLR(double rate, long steps) {
        this(rate, steps, 0);
    }

    @Override
    public double at(long t) {
        return Schedules.cosine(rate, lowest, (double) t / steps);
    }
}
