package io.github.lanewise.engine.internal.parallel;

import java.util.function.LongSupplier;

/**
 * The back-off of callers: for how long they do without workers, after one of these has lost its
 * core to another program and made a caller wait.
 *
 * <p>Not at all, if the last time ended as long ago as that cost, for a second core may have won as
 * much since. Else for as long as it cost, and twice as long each time if that goes on, so that a
 * program that keeps a core busy does not stop this one.
 */
final class BackOff {

    /** At most so many times as long as callers have waited: then waiting costs a few percent. */
    private static final int MOST_TIMES = 16;

    private static final long MOST_NANOS = 1_000_000_000;

    private final LongSupplier clock;

    /** When it ends, by the clock; 0 if it is over. */
    private volatile long until;

    /** When the team was last back at work. */
    private long back;

    private int times;

    BackOff(LongSupplier clock) {
        this.clock = clock;
        back = clock.getAsLong();
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
        long cost = waitedTo - waitedFrom;
        boolean pays = waitedFrom - back >= cost;
        times = pays ? 0 : Math.clamp(2 * times, 1, MOST_TIMES);
        back = waitedTo + Math.min(times * cost, MOST_NANOS);
        until = pays ? 0 : back;
    }
}
