package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;

import java.util.Locale;

/**
 * Several waves, each twice as long as the one before: rate (1 - cos(2 pi log2(1 + (2^cycles - 1) t
 * / steps))) / 2, from 0 and back to 0 (Holzmueller et al., "Better by default", 2024).
 *
 * @param rate highest learning rate
 * @param steps steps or epochs of all waves
 * @param cycles number of waves
 */
public record CosineLogLR(double rate, long steps, int cycles) implements Schedule {

    private static final int MOST_CYCLES = 30;

    /** Checks the numbers. */
    public CosineLogLR {
        Numbers.requirePositive("CosineLogLR", "steps", steps);
        if (cycles < 1 || cycles > MOST_CYCLES) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "CosineLogLR: %d cycles; there must be 1 to %d",
                            cycles,
                            MOST_CYCLES));
        }
    }

    @Override
    public double at(long t) {
        double place = 1 + ((1L << cycles) - 1) * ((double) t / steps);
        double waves = StrictMath.log(place) / StrictMath.log(2);
        return rate / 2 * (1 - StrictMath.cos(2 * Math.PI * waves));
    }
}
