package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.internal.DaemonThreads;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One who helps the caller of a {@link Team}: awake while there are parts and for a moment
 * afterwards, then asleep, and without a thread once nobody has needed it for some seconds. So an
 * idle team costs nothing, and an application that is done with this library can be unloaded.
 *
 * <p>Who interrupts a worker's thread ends it, as soon as it is idle; the next job starts another.
 */
final class Worker implements Runnable {

    /** Turns of a waiting loop between two looks at the clock. */
    private static final int TURNS_PER_LOOK = 64;

    private enum State {
        /** It has no thread. */
        ENDED,
        /** Its thread looks for parts, or soon will. */
        AWAKE,
        /** Its thread sleeps, or is about to and will look for parts before. */
        ASLEEP
    }

    private final Team team;
    private final String name;
    private final DaemonThreads threads;
    private final LongSupplier clock;
    private final long awakeNanos;
    private final long idleNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.ENDED);
    private volatile Thread thread;

    /**
     * Makes one, without a thread yet.
     *
     * @param awakeNanos for how long it stays awake for the next job, by {@code clock}
     * @param idleNanos for how long it sleeps before it ends
     */
    Worker(
            Team team,
            String name,
            DaemonThreads threads,
            LongSupplier clock,
            long awakeNanos,
            long idleNanos) {
        this.team = team;
        this.name = name;
        this.threads = threads;
        this.clock = clock;
        this.awakeNanos = awakeNanos;
        this.idleNanos = idleNanos;
    }

    /** Makes it look for parts, if a thread can be had. One caller at a time, who has set them. */
    void wake() {
        State now = state.get();
        if (now == State.ASLEEP) {
            LockSupport.unpark(thread);
        } else if (now == State.ENDED && state.compareAndSet(State.ENDED, State.AWAKE)) {
            if (threads.start(name, this) == null) {
                state.set(State.ENDED);
            }
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        boolean ended = false;
        try {
            work();
            ended = true;
        } finally {
            if (!ended) {
                thread = null;
                state.set(State.ENDED);
            }
        }
    }

    private void work() {
        while (true) {
            long start = clock.getAsLong();
            for (int turn = 1; !team.takeParts(); turn++) {
                Thread.onSpinWait();
                if (turn % TURNS_PER_LOOK == 0
                        && clock.getAsLong() - start > awakeNanos
                        && endsInSleep()) {
                    return;
                }
            }
        }
    }

    /** Sleeps until there is a part; returns whether it has ended instead. */
    private boolean endsInSleep() {
        state.set(State.ASLEEP);
        while (!team.hasPart()) {
            long start = System.nanoTime();
            LockSupport.parkNanos(team, idleNanos);
            if (Thread.interrupted() || System.nanoTime() - start >= idleNanos) {
                return end();
            }
        }
        state.set(State.AWAKE);
        return false;
    }

    /**
     * Ends, unless a part has come. Either who has set it sees this worker ended and starts it
     * anew, or this thread sees the part; if both do, one of them gets on.
     */
    private boolean end() {
        thread = null;
        state.set(State.ENDED);
        if (team.hasPart() && state.compareAndSet(State.ENDED, State.AWAKE)) {
            thread = Thread.currentThread();
            return false;
        }
        return true;
    }
}
