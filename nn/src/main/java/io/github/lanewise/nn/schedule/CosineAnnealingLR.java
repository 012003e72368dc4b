package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

/**
 * Goes down along half a cosine wave, and on along the wave after that (Loshchilov and Hutter,
 * "SGDR", 2017, without restarts): min + (rate - min) (1 + cos(pi t / tMax)) / 2.
 *
 * @param rate first learning rate
 * @param tMax steps or epochs until the lowest
 * @param etaMin lowest learning rate
 */
public record CosineAnnealingLR(double rate, long tMax, double etaMin) implements Schedule {

    /** Checks the numbers. */
    public CosineAnnealingLR {
        Schedules.requireRate("CosineAnnealingLR", rate);
        Numbers.requireNotNegative("CosineAnnealingLR", "etaMin", etaMin);
        Numbers.requirePositive("CosineAnnealingLR", "tMax", tMax);
    }

    /** Goes down to 0. */
    public CosineAnnealingLR(double rate, long tMax) {
        this(rate, tMax, 0);
    }

    @Override
    public double at(long t) {
        return Schedules.cosine(rate, etaMin, (double) t / tMax);
    }
}
