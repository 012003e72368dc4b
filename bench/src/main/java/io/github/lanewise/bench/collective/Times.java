package io.github.lanewise.bench.collective;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one process measured, in milliseconds.
 *
 * @param low the tenth percentile
 * @param median of all
 * @param high the ninetieth percentile
 * @param waiting mean of the time in which a step waited for others
 */
record Times(double low, double median, double high, double waiting) {

    private static final String BEGIN = "millis ";

    static Times of(long[] nanos, long waitingNanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Times(
                sorted[n / 10] / 1e6,
                sorted[n / 2] / 1e6,
                sorted[n * 9 / 10] / 1e6,
                waitingNanos / 1e6);
    }

    /** Returns the line by which a worker tells them: {@code millis LOW MEDIAN HIGH WAITING}. */
    String line() {
        return String.format(
                Locale.ROOT, BEGIN + "%.4f %.4f %.4f %.4f", low, median, high, waiting);
    }

    /**
     * Finds the line in what a worker wrote.
     *
     * @throws IllegalStateException if it is not there
     */
    static Times find(String name, List<String> output) {
        for (String line : output) {
            if (line.startsWith(BEGIN)) {
                String[] words = line.split(" ");
                return new Times(
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]),
                        Double.parseDouble(words[3]),
                        Double.parseDouble(words[4]));
            }
        }
        throw new IllegalStateException(
                "%s printed no times, but: %s".formatted(name, String.join("\n", output)));
    }
}
