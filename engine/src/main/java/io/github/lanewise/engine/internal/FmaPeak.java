package io.github.lanewise.engine.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Measures how fast a loop runs on several threads at once: the best of many short rounds. */
public final class FmaPeak {

    private static final long WARM_UP_NANOS = 400_000_000;
    private static final long ROUND_NANOS = 20_000_000;
    private static final int ROUNDS = 15;
    private static final int SLICE = 4_096;

    /** Takes in every result, so that no work can be left out. */
    private static volatile float sink;

    private FmaPeak() {}

    /** Returns floating-point operations per nanosecond: GFLOP/s, all threads together. */
    public static double measure(FmaLoop loop, int threads) {
        long[] slices = new long[threads];
        repeat(loop, WARM_UP_NANOS);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long nanos = together(loop, slices);
            long done = 0;
            for (long count : slices) {
                done += count;
            }
            best = Math.max(best, (double) done * SLICE * loop.operationsPerRound() / nanos);
        }
        return best;
    }

    /** Runs the loop on one thread for each counter and returns how long that took. */
    private static long together(FmaLoop loop, long[] slices) {
        Arrays.fill(slices, 0);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < slices.length; i++) {
            int mine = i;
            Thread thread =
                    DaemonThreads.shared()
                            .start(
                                    "lanewise-peak",
                                    () -> {
                                        if (await(start)) {
                                            slices[mine] = repeat(loop, ROUND_NANOS);
                                        }
                                    });
            if (thread != null) {
                threads.add(thread);
            }
        }
        // Before the start: this thread may have to wait for a core once the others run.
        long begin = System.nanoTime();
        start.countDown();
        threads.forEach(FmaPeak::join);
        return System.nanoTime() - begin;
    }

    private static long repeat(FmaLoop loop, long nanos) {
        long begin = System.nanoTime();
        long slices = 0;
        while (System.nanoTime() - begin < nanos) {
            sink = loop.run(SLICE);
            slices++;
        }
        return slices;
    }

    private static boolean await(CountDownLatch start) {
        try {
            start.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the measurement was interrupted", e);
        }
    }
}
