package io.github.lanewise.bench.peers;

import java.util.Arrays;

/**
 * How fast one library did one shape, round by round.
 *
 * @param rival name of the library
 * @param shape as text
 * @param threads that it was given
 * @param gflops of each round, in 10<sup>9</sup> operations per second
 */
record Series(String rival, String shape, int threads, double[] gflops) {

    double best() {
        return Arrays.stream(gflops).max().orElse(Double.NaN);
    }

    double median() {
        double[] sorted = gflops.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
