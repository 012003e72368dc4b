package io.github.lanewise.engine.internal.parallel;

import java.util.function.LongSupplier;

/**
 * For how long callers do without workers, after one of these has lost its core to another program
 * and kept a caller waiting: for as long as that cost, if it is rare; twice as long each time if it
 * goes on, so that a program that keeps a core busy does not stop this one.
 */
final class Solitude {

    /** At most so many times as long as callers have waited: then waiting costs a few percent. */
    private static final int MOST_TIMES = 16;

    private static final long MOST_NANOS = 1_000_000_000;

    private final LongSupplier clock;

    /** When it ends, by the clock; 0 if it is over. */
    private volatile long until;

    /** Of the last time. */
    private long end;

    private long length;
    private int times = 1;

    Solitude(LongSupplier clock) {
        this.clock = clock;
    }

    /** Returns whether to compute alone. */
    boolean isOn() {
        long end = until;
        if (end == 0) {
            return false;
        }
        if (clock.getAsLong() - end < 0) {
            return true;
        }
        until = 0;
        return false;
    }

    /** Notes that a caller has waited in vain; one at a time may say so. */
    void begin(long waitedFrom, long waitedTo) {
        boolean again = waitedFrom - end < length;
        times = again ? Math.min(2 * times, MOST_TIMES) : 1;
        length = Math.min(times * (waitedTo - waitedFrom), MOST_NANOS);
        end = waitedTo + length;
        until = end;
    }
}
