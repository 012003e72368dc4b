package io.github.lanewise.serve;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Computes for a bounded number of requests at once, lets a bounded number wait for a bounded time,
 * and turns the others away. Its threads live as long as the service, because kernels keep working
 * memory for each thread.
 */
final class ComputePool implements AutoCloseable {

    private final Limits limits;

    /**
     * Permits for what is computed or waits; the queue alone would count what idle threads take.
     */
    private final Semaphore admitted;

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor threads;

    ComputePool(Limits limits) {
        this.limits = limits;
        this.admitted = new Semaphore(limits.computing() + limits.waiting());
        this.threads =
                new ThreadPoolExecutor(
                        limits.computing(),
                        limits.computing(),
                        0,
                        TimeUnit.SECONDS,
                        queue,
                        Thread.ofPlatform().daemon().name("lanewise-serve-", 0).factory());
        threads.prestartAllCoreThreads();
    }

    /** A request's work, which either starts or is given up, never both. */
    private final class Work<T> extends FutureTask<T> {
        private final CountDownLatch started = new CountDownLatch(1);
        private final AtomicBoolean decided = new AtomicBoolean();

        Work(Callable<T> work) {
            super(work);
        }

        @Override
        public void run() {
            if (decided.compareAndSet(false, true)) {
                started.countDown();
                try {
                    super.run();
                } finally {
                    admitted.release();
                }
            }
        }

        /** Gives the work up unless it has started; returns whether that was so. */
        boolean giveUp() {
            boolean given = decided.compareAndSet(false, true);
            if (given) {
                threads.remove(this);
                admitted.release();
            }
            return given;
        }
    }

    /** Returns how many requests wait. */
    int waiting() {
        return queue.size();
    }

    /** Returns how many requests are computed. */
    int computing() {
        return threads.getActiveCount();
    }

    /**
     * Computes a request's work, when its turn has come.
     *
     * @throws Problem 503, if too many wait, or it takes too long
     * @throws Exception what the work throws
     */
    <T> T compute(Callable<T> work) throws Exception {
        if (!admitted.tryAcquire()) {
            throw Problem.busy(
                    "queue_full",
                    "too many requests: %d are computed and %d wait (--queue); try again",
                    limits.computing(),
                    limits.waiting());
        }
        Work<T> task = new Work<>(work);
        threads.execute(task);
        if (!task.started.await(limits.longestWait().toNanos(), TimeUnit.NANOSECONDS)
                && task.giveUp()) {
            throw Problem.busy(
                    "queue_timeout",
                    "too many requests: none of %d was done within %d ms; try again",
                    limits.computing(),
                    limits.longestWait().toMillis());
        }
        try {
            return task.get(limits.longestRequest().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw Problem.busy(
                    "time",
                    "the prediction takes more than %d ms; send fewer rows at once",
                    limits.longestRequest().toMillis());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
