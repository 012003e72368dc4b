package io.github.lanewise.serve;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Computes for a bounded number of requests at once, lets a bounded number wait for a bounded time,
 * and turns the others away. Its threads live as long as the service, because kernels keep working
 * memory for each thread.
 *
 * <p>What takes long runs on platform threads, so that it does not keep the virtual ones of other
 * requests from running. Waking one and being woken by it costs more than a small prediction; so
 * what is short runs on virtual ones, to which the threads of requests hand over without the
 * operating system. While requests wait, the platform threads need no waking, and compute one after
 * another with the weights in their cache; then they are the faster ones.
 */
final class ComputePool implements AutoCloseable {

    private final Limits limits;

    /** Permits for what is computed or waits. */
    private final Semaphore admitted;

    /** Permits for what is computed, on threads of either kind; in the order of their coming. */
    private final Semaphore running;

    private final ThreadPoolExecutor longWork;
    private final ThreadPoolExecutor shortWork;
    private final Watchdog watchdog = new Watchdog();
    private volatile boolean closed;

    ComputePool(Limits limits) {
        this.limits = limits;
        this.admitted = new Semaphore(limits.computing() + limits.waiting());
        this.running = new Semaphore(limits.computing(), true);
        this.longWork = threads(Thread.ofPlatform().daemon().name("lanewise-serve-", 0).factory());
        this.shortWork = threads(Thread.ofVirtual().name("lanewise-serve-short-", 0).factory());
    }

    private ThreadPoolExecutor threads(ThreadFactory factory) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        limits.computing(),
                        limits.computing(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        factory);
        threads.prestartAllCoreThreads();
        return threads;
    }

    private enum Turn {
        WAITING,
        STARTED,
        GIVEN_UP
    }

    /** A request's work, which either starts or is given up, never both. */
    private final class Work<T> extends FutureTask<T> implements Watchdog.Watched {
        private final ThreadPoolExecutor threads;
        private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.WAITING);
        private volatile long deadline = in(limits.longestWait());

        Work(Callable<T> work, ThreadPoolExecutor threads) {
            super(work);
            this.threads = threads;
        }

        private static long in(Duration time) {
            return System.nanoTime() + time.toNanos();
        }

        @Override
        public void run() {
            running.acquireUninterruptibly();
            try {
                // first, so that the watchdog never sees work that has started and an old deadline
                deadline = in(limits.longestRequest());
                if (closed) {
                    expire();
                } else if (turn.compareAndSet(Turn.WAITING, Turn.STARTED)) {
                    watchdog.moved(deadline);
                    try {
                        super.run();
                    } finally {
                        admitted.release();
                    }
                }
            } finally {
                running.release();
            }
        }

        @Override
        public long deadline() {
            return deadline;
        }

        /** Gives the work up, or if it has started, the wait for it. */
        @Override
        public void expire() {
            if (turn.compareAndSet(Turn.WAITING, Turn.GIVEN_UP)) {
                threads.remove(this);
                admitted.release();
                cancel(true);
            } else if (closed || deadline - System.nanoTime() <= 0) {
                cancel(true);
            }
        }

        /** Says why it was given up. */
        Problem problem() {
            if (closed) {
                return ending();
            }
            return turn.get() == Turn.GIVEN_UP
                    ? Problem.busy(
                            "queue_timeout",
                            "too many requests: none of %d was done within %d ms; try again",
                            limits.computing(),
                            limits.longestWait().toMillis())
                    : Problem.busy(
                            "time",
                            "the prediction takes more than %d ms; send fewer rows at once",
                            limits.longestRequest().toMillis());
        }
    }

    private static Problem ending() {
        return Problem.busy("ending", "the service ends; try again, if another takes its place");
    }

    /** Returns how many requests wait. */
    int waiting() {
        int all = limits.computing() + limits.waiting() - admitted.availablePermits();
        return Math.max(0, all - computing());
    }

    /** Returns how many requests are computed. */
    int computing() {
        return limits.computing() - running.availablePermits();
    }

    /**
     * Computes a request's work, when its turn has come.
     *
     * @param isShort whether it takes some milliseconds at most
     * @throws Problem 503, if too many wait, it takes too long, or the pool is closed
     * @throws Exception what the work throws
     */
    <T> T compute(boolean isShort, Callable<T> work) throws Exception {
        ThreadPoolExecutor threads = isShort && waiting() == 0 ? shortWork : longWork;
        if (!admitted.tryAcquire()) {
            throw Problem.busy(
                    "queue_full",
                    "too many requests: %d are computed and %d wait (--queue); try again",
                    limits.computing(),
                    limits.waiting());
        }
        Work<T> task = new Work<>(work, threads);
        watchdog.watch(task);
        try {
            threads.execute(task);
            return task.get();
        } catch (CancellationException e) {
            throw task.problem();
        } catch (RejectedExecutionException e) {
            throw ending();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        } finally {
            watchdog.forget(task);
        }
    }

    @Override
    public void close() {
        closed = true;
        longWork.shutdownNow();
        shortWork.shutdownNow();
        watchdog.close();
    }
}
