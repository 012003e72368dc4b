package io.github.lanewise.bench.training;

import java.util.Arrays;

/**
 * One figure of one contender, round by round.
 *
 * @param task what was done: the workload, with {@code @batch} for inference
 * @param contender its name
 * @param threads that it was given
 * @param figure what the values are; {@link #STEP} and its like
 * @param values of the rounds; less is better
 */
record Series(String task, String contender, int threads, String figure, double[] values) {

    /** Microseconds of a training step, or of a call on a batch. */
    static final String STEP = "us per step";

    /** Microseconds of a call on one sample or a batch, median. */
    static final String MEDIAN_LATENCY = "us median";

    /** The same, 99th percentile. */
    static final String TAIL_LATENCY = "us p99";

    /** Microseconds between answers when several threads ask at once. */
    static final String CALLERS = "us per answer, 8 callers";

    /** Seconds from the start of a process to its first finished step. */
    static final String FIRST_STEP = "s to the first step";

    /** Seconds from the start of a process to the end of an epoch. */
    static final String EPOCH = "s to the end of an epoch";

    /** Most memory that a process held in an epoch, in megabytes. */
    static final String MEMORY = "peak RSS, MB";

    /** Megabytes of files. */
    static final String DISK = "on disk, MB";

    double best() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
