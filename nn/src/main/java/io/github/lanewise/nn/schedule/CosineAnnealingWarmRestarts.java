package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Goes down along half a cosine wave and starts again, each time for longer (Loshchilov and Hutter,
 * "SGDR: stochastic gradient descent with warm restarts", 2017).
 *
 * @param rate learning rate at each start
 * @param t0 steps or epochs until the first restart
 * @param tMult by which each course is longer than the last, 1 or more
 * @param etaMin lowest learning rate, which no step reaches
 */
public record CosineAnnealingWarmRestarts(double rate, long t0, int tMult, double etaMin)
        implements Schedule {

    /** Checks steps and factor. */
    public CosineAnnealingWarmRestarts {
        Schedules.requireRate("CosineAnnealingWarmRestarts", rate);
        Numbers.requireNotNegative("CosineAnnealingWarmRestarts", "etaMin", etaMin);
        Numbers.requirePositive("CosineAnnealingWarmRestarts", "t0", t0);
        Numbers.requirePositive("CosineAnnealingWarmRestarts", "tMult", tMult);
    }

    /** Goes down towards 0. */
    public CosineAnnealingWarmRestarts(double rate, long t0, int tMult) {
        this(rate, t0, tMult, 0);
    }

    @Override
    public double at(long t) {
        long length = t0;
        long since = t;
        if (tMult == 1) {
            since = t % t0;
        }
        while (since >= length) {
            since -= length;
            length *= tMult;
        }
        return Schedules.cosine(rate, etaMin, (double) since / length);
    }
}
