package io.github.lanewise.tabular;

import java.util.Arrays;

/**
 * Makes numbers small whatever their outliers: z = (x - median) / scale, then z / sqrt(1 + (z /
 * 3)^2), which is z near 0 and stays within 3 (Holzmueller et al., "Better by default", 2024).
 *
 * @param median of the training rows; also what stands for a missing number
 * @param scale the interquartile range; half the whole range where that is 0; 0 if all are equal,
 *     which makes every number 0
 */
public record RobustScale(double median, double scale) {

    private static final double LIMIT = 3;

    /** Beyond this the square of z / 3 swallows the 1. */
    private static final double LARGE = 1e9;

    /** Takes the statistics of some numbers, which are sorted in place; there is at least one. */
    static RobustScale of(double[] numbers) {
        Arrays.sort(numbers);
        double median = quantile(numbers, 0.5);
        double range = quantile(numbers, 0.75) - quantile(numbers, 0.25);
        if (range == 0) {
            range = 0.5 * (numbers[numbers.length - 1] - numbers[0]);
        }
        return new RobustScale(median, Double.isFinite(range) ? range : Double.MAX_VALUE);
    }

    /** Takes the statistics of sorted numbers, each of which stands so many times. */
    static RobustScale of(double[] sorted, int[] times) {
        double median = quantile(sorted, times, 0.5);
        double range = quantile(sorted, times, 0.75) - quantile(sorted, times, 0.25);
        if (range == 0) {
            range = 0.5 * (at(sorted, times, count(times) - 1) - at(sorted, times, 0));
        }
        return new RobustScale(median, range);
    }

    private static long count(int[] times) {
        return Arrays.stream(times).asLongStream().sum();
    }

    private static double quantile(double[] sorted, int[] times, double share) {
        long last = count(times) - 1;
        double place = share * last;
        long below = (long) place;
        double part = place - below;
        double low = at(sorted, times, below);
        return part == 0
                ? low
                : low * (1 - part) + at(sorted, times, Math.min(below + 1, last)) * part;
    }

    private static double at(double[] sorted, int[] times, long place) {
        long before = 0;
        for (int i = 0; i < sorted.length; i++) {
            before += times[i];
            if (place < before) {
                return sorted[i];
            }
        }
        return sorted[sorted.length - 1];
    }

    /** Returns a quantile of sorted numbers, by straight lines between them. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        double part = place - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part;
    }

    /** Returns the scaled and clipped number; that of the median for NaN. */
    public float of(double number) {
        if (Double.isNaN(number) || scale == 0) {
            return 0;
        }
        double z = (number - median) / scale;
        if (Math.abs(z) > LARGE) {
            return (float) Math.copySign(LIMIT, z);
        }
        double part = z / LIMIT;
        return (float) (z / Math.sqrt(1 + part * part));
    }
}
