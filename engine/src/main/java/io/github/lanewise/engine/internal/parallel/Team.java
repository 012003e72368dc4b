package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.internal.DaemonThreads;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A caller and its workers, who share out the numbered parts of a job.
 *
 * <p>The caller takes the first part, so that from kernel to kernel a core meets the rows again
 * that it has in its cache. Whoever is free takes the next part, so a worker that is late or has
 * lost its core delays nobody: the caller does the rest itself. Everything that a worker must know
 * to take a part stands in one atomic word, the <i>ticket</i>: the job's number, how many parts it
 * has, and which is next. A part taken holds its job open, so that the job's fields stay valid
 * while the part runs.
 *
 * <p>Between jobs a worker spins for a moment, since training calls one kernel after another, and
 * then parks, see {@link Worker}. A caller does all parts alone if the team is at work for another,
 * if there are as many callers as threads, or if a worker has lately lost its core to another
 * program and made a caller wait. The parts, not the threads, determine every result.
 */
public final class Team {

    /** Work that is cut into numbered parts, each independent of the others. */
    public interface Job {
        /** Runs one part. */
        void run(int part);
    }

    /** How long a worker stays awake for the next job; longer than a gap within a training step. */
    private static final long AWAKE_NANOS = 60_000;

    /** How long a worker sleeps before its thread ends; starting another takes 0.1 ms. */
    private static final long IDLE_NANOS = 3_000_000_000L;

    /** Turns of a waiting loop between two looks at the clock. */
    private static final int TURNS_PER_LOOK = 64;

    /** Sleeps of a caller who waits for a worker that has lost its core. */
    private static final long NAP_NANOS = 20_000;

    private final Worker[] workers;
    private final BooleanSupplier elsewhere;
    private final LongSupplier clock;
    private final BackOff backOff;

    /** With more threads than processors, a spinning thread keeps a working one from its core. */
    private final long awakeNanos;

    /** Callers with several parts to run, those included who run them alone. */
    private final AtomicInteger callers = new AtomicInteger();

    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private Job job;
    private volatile Throwable failure;

    /**
     * Makes a team of the caller and {@code threads - 1} workers, whose threads start when needed.
     */
    Team(int threads) {
        this(threads, () -> false);
    }

    /** Makes one whose callers compute alone as long as somebody else wants the cores. */
    public Team(int threads, BooleanSupplier elsewhere) {
        this(threads, elsewhere, System::nanoTime);
    }

    /** Makes one that goes by a clock of nanoseconds. */
    Team(int threads, BooleanSupplier elsewhere, LongSupplier clock) {
        this(threads, elsewhere, clock, DaemonThreads.shared(), IDLE_NANOS);
    }

    /** Makes one whose workers get their threads from there, and end after so long a sleep. */
    Team(
            int threads,
            BooleanSupplier elsewhere,
            LongSupplier clock,
            DaemonThreads source,
            long idleNanos) {
        this.elsewhere = elsewhere;
        this.clock = clock;
        backOff = new BackOff(clock);
        awakeNanos = threads <= Runtime.getRuntime().availableProcessors() ? AWAKE_NANOS : 0;
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            String name = "lanewise-worker-" + (i + 1);
            workers[i] = new Worker(this, name, source, clock, awakeNanos, idleNanos);
        }
    }

    public int threads() {
        return workers.length + 1;
    }

    /** Runs all parts of a job, each once, and returns when all are done. */
    public void run(int parts, Job job) {
        if (parts <= 1 || workers.length == 0) {
            runAlone(parts, job);
            return;
        }
        int others = callers.getAndIncrement();
        try {
            int idle = workers.length - others;
            if (idle > 0
                    && !elsewhere.getAsBoolean()
                    && !backOff.isOn()
                    && busy.compareAndSet(false, true)) {
                runTogether(parts, job, idle);
            } else {
                runAlone(parts, job);
            }
        } finally {
            callers.getAndDecrement();
        }
    }

    private static void runAlone(int parts, Job job) {
        for (int part = 0; part < parts; part++) {
            job.run(part);
        }
    }

    private void runTogether(int parts, Job job, int idle) {
        try {
            this.job = job;
            done.set(0);
            ticket.set(nextTicket(ticket.get(), parts));
            long begin = clock.getAsLong();
            wake(Math.min(parts - 1, idle));
            runPart(0);
            takeParts();
            awaitParts(parts, begin);
            rethrowFailure();
        } finally {
            this.job = null;
            busy.set(false);
        }
    }

    /** The first part is taken already, by the caller. */
    private static long nextTicket(long last, int parts) {
        return ((last >>> 32) + 1) << 32 | (long) parts << 16 | 1;
    }

    private static boolean hasPart(long ticket) {
        return (ticket & 0xffff) < (ticket >>> 16 & 0xffff);
    }

    private void wake(int most) {
        for (int i = 0; i < most; i++) {
            workers[i].wake();
        }
    }

    /** Returns whether there is a part that nobody has taken. */
    boolean hasPart() {
        return hasPart(ticket.get());
    }

    /** Takes parts until none is left; returns whether it took any. */
    boolean takeParts() {
        boolean any = false;
        long seen = ticket.get();
        while (hasPart(seen)) {
            if (ticket.compareAndSet(seen, seen + 1)) {
                any = true;
                runPart((int) (seen & 0xffff));
            }
            seen = ticket.get();
        }
        return any;
    }

    private void runPart(int part) {
        try {
            job.run(part);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            done.incrementAndGet();
        }
    }

    /**
     * Waits for what the workers have taken. One that takes far longer over a part than the caller
     * over its own has lost its core to another program. The caller then sleeps in short naps,
     * which leaves its own core to that worker, and calls no worker for some time afterwards. If it
     * is interrupted, which would keep it from sleeping, it stays so, but only afterwards.
     */
    private void awaitParts(int parts, long begin) {
        if (done.get() == parts) {
            return;
        }
        long start = clock.getAsLong();
        boolean interrupted = false;
        for (int turn = 1; done.get() < parts; turn++) {
            if (turn % TURNS_PER_LOOK != 0) {
                Thread.onSpinWait();
            } else if (clock.getAsLong() - start > awakeNanos) {
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        long end = clock.getAsLong();
        if (end - start > start - begin + AWAKE_NANOS) {
            backOff.begin(start, end);
        }
    }

    private void rethrowFailure() {
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }
}
