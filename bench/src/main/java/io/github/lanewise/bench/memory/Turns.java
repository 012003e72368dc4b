package io.github.lanewise.bench.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times tasks in turns: in each round each task gets a slice of time, and another one begins, so
 * that what slows the machine for a while slows them all.
 */
public final class Turns {

    /** Slices that a task is warmed up for: with those of 20 ms a second, for C2 to compile it. */
    private static final int WARM_UP = 50;

    private static final long CLOCK_NANOS = 50_000;

    private final int rounds;
    private final long sliceNanos;

    /** Takes so many rounds of slices. */
    public Turns(int rounds, int sliceMillis) {
        this.rounds = rounds;
        sliceNanos = sliceMillis * 1_000_000L;
    }

    /**
     * How long one call took.
     *
     * @param median nanoseconds, of all rounds
     * @param best nanoseconds, of the best round
     */
    public record Time(double median, double best) {}

    /** Returns the time of each task's call, in their order. */
    public List<Time> measure(List<Runnable> tasks) {
        int[] callsPerClock = new int[tasks.size()];
        double[][] nanos = new double[tasks.size()][rounds];
        for (int t = 0; t < callsPerClock.length; t++) {
            double warm = repeat(tasks.get(t), 1, WARM_UP * sliceNanos);
            callsPerClock[t] = (int) Math.max(1, CLOCK_NANOS / warm);
        }
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < callsPerClock.length; turn++) {
                int t = (round + turn) % callsPerClock.length;
                // Brings the operands into the caches that they fit.
                tasks.get(t).run();
                nanos[t][round] = repeat(tasks.get(t), callsPerClock[t], sliceNanos);
            }
        }
        List<Time> times = new ArrayList<>();
        for (double[] each : nanos) {
            Arrays.sort(each);
            times.add(new Time((each[rounds / 2] + each[(rounds - 1) / 2]) / 2, each[0]));
        }
        return times;
    }

    /**
     * Calls for some time and returns the nanoseconds of a call; looks at the clock now and then.
     */
    private static double repeat(Runnable task, int callsPerClock, long nanos) {
        long begin = System.nanoTime();
        long elapsed;
        long calls = 0;
        do {
            for (int i = 0; i < callsPerClock; i++) {
                task.run();
            }
            calls += callsPerClock;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return (double) elapsed / calls;
    }
}
