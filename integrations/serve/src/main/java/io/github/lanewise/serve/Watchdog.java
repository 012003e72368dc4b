package io.github.lanewise.serve;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what takes too long: one thread for all. A timer for each wait of a request wakes a thread
 * when it is set and when it is cleared, which costs more than a small prediction; this thread
 * sleeps until the first deadline of those that it watches, and is woken for an earlier one alone.
 */
final class Watchdog implements AutoCloseable {

    /** What has a deadline, which may move. */
    interface Watched {

        /** Returns when its time is up, as {@link System#nanoTime} counts. */
        long deadline();

        /**
         * Is told that its time is up, or was: if the deadline has just moved, there is nothing to
         * do.
         */
        void expire();
    }

    private final Set<Watched> all = ConcurrentHashMap.newKeySet();

    /** No sleep is longer, so that sums of times do not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final Thread thread;
    private volatile long wakesAt = System.nanoTime() + LONGEST;
    private volatile boolean changed;
    private volatile boolean closed;

    Watchdog() {
        thread = Thread.ofPlatform().daemon().name("lanewise-watchdog").start(this::run);
    }

    /** Begins to watch. */
    void watch(Watched watched) {
        all.add(watched);
        moved(watched.deadline());
    }

    /** Is told of a deadline that has moved; of a later one it need not be. */
    void moved(long deadline) {
        if (deadline - wakesAt < 0) {
            // what the thread calls may use up an unpark that comes before it parks
            changed = true;
            LockSupport.unpark(thread);
        }
    }

    /** Watches no longer. */
    void forget(Watched watched) {
        all.remove(watched);
    }

    private void run() {
        while (!closed) {
            changed = false;
            // who comes from here on either is seen below or finds its deadline before this one
            long first = System.nanoTime() + LONGEST;
            wakesAt = first;
            for (Watched watched : all) {
                long deadline = watched.deadline();
                if (deadline - System.nanoTime() <= 0) {
                    watched.expire();
                } else if (deadline - first < 0) {
                    first = deadline;
                }
            }
            wakesAt = first;
            if (!changed && !closed) {
                LockSupport.parkNanos(this, Math.max(1, first - System.nanoTime()));
            }
        }
    }

    /** Ends all that is watched. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        all.forEach(Watched::expire);
    }
}
