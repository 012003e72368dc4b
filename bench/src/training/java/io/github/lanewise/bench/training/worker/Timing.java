package io.github.lanewise.bench.training.worker;

import java.util.Arrays;

/** Repeats something for some time and says how long it took. */
final class Timing {

    /** The share of a turn for which nobody looks at the clock: caches fill, threads wake. */
    private static final int WAKE_SHARE = 10;

    private static final int MOST_CALLS = 1_000_000;
    private static final double TAIL = 0.99;

    private Timing() {}

    /** Returns the answer to a request for a turn: the calls and their nanoseconds. */
    static String run(Runnable call, int millis) {
        long turn = millis * 1_000_000L;
        repeat(call, turn / WAKE_SHARE);
        long begin = System.nanoTime();
        long calls = repeat(call, turn);
        return "ran %d %d".formatted(calls, System.nanoTime() - begin);
    }

    /** Calls for some time, once at least; returns how often. */
    static long repeat(Runnable call, long nanos) {
        long begin = System.nanoTime();
        long calls = 0;
        do {
            call.run();
            calls++;
        } while (System.nanoTime() - begin < nanos);
        return calls;
    }

    /** Returns the answer to a request for latencies: calls, median and 99th percentile. */
    static String latency(Runnable call, int millis) {
        long turn = millis * 1_000_000L;
        repeat(call, turn / WAKE_SHARE);
        long[] nanos = new long[MOST_CALLS];
        int calls = 0;
        long begin = System.nanoTime();
        long before = begin;
        do {
            call.run();
            long after = System.nanoTime();
            nanos[calls++] = after - before;
            before = after;
        } while (before - begin < turn && calls < MOST_CALLS);
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        long tail = sorted[Math.min(calls - 1, (int) (calls * TAIL))];
        return "latency %d %d %d".formatted(calls, sorted[calls / 2], tail);
    }
}
