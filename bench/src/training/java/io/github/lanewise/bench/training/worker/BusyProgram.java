package io.github.lanewise.bench.training.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** Keeps a core busy for some percent of the time, until standard input ends. */
public final class BusyProgram {

    /** Shorter than a time slice of the operating system's, longer than a step. */
    private static final long PERIOD_NANOS = 10_000_000;

    private BusyProgram() {}

    /** Takes the percentage. */
    public static void main(String... args) throws IOException {
        long busyNanos = PERIOD_NANOS / 100 * Integer.parseInt(args[0]);
        Thread.ofPlatform().daemon().start(() -> work(busyNanos));
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void work(long busyNanos) {
        while (true) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < busyNanos) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(PERIOD_NANOS - busyNanos);
        }
    }
}
