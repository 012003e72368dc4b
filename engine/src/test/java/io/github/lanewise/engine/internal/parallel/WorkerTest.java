package io.github.lanewise.engine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.internal.DaemonThreads;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** What workers do while nobody needs them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerTest {

    private static final long SECONDS = 20_000;

    @Test
    void anInterruptedIdleWorkerEndsAndAnotherComesInItsPlace() throws InterruptedException {
        Team team = new Team(2, () -> false, clock());
        Thread worker = workerOf(team);
        worker.interrupt();
        worker.join(SECONDS);
        assertFalse(worker.isAlive(), "an interrupted idle worker runs on, in a spin");
        assertNotSame(worker, workerOf(team));
    }

    @Test
    void aWorkerThatIsInterruptedAtWorkFinishesItsPart() throws InterruptedException {
        Team team = new Team(2);
        Thread caller = Thread.currentThread();
        List<Thread> done = new ArrayList<>();
        CountDownLatch both = new CountDownLatch(2);
        team.run(
                2,
                part -> {
                    meet(both);
                    if (Thread.currentThread() != caller) {
                        Thread.currentThread().interrupt();
                        done.add(Thread.currentThread());
                    }
                });
        assertEquals(1, done.size());
        done.getFirst().join(SECONDS);
        assertFalse(done.getFirst().isAlive());
    }

    @Test
    void anInterruptedCallerSleepsWhileItWaitsAndStaysInterrupted() {
        AtomicLong clock = new AtomicLong();
        Team team = new Team(2, () -> false, clock::get);
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch marked = new CountDownLatch(1);
        AtomicBoolean slept = new AtomicBoolean();
        team.run(
                2,
                part -> {
                    meet(both);
                    if (Thread.currentThread() == caller) {
                        caller.interrupt();
                        marked.countDown();
                    } else {
                        await(marked);
                        slept.set(sleeps(caller, clock));
                        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
                    }
                });
        assertTrue(Thread.interrupted(), "the caller's interruption was lost");
        assertTrue(slept.get(), "an interrupted caller spins while a worker has lost its core");
    }

    @Test
    void anIdleWorkerEndsAndAnotherComesInItsPlace() throws InterruptedException {
        DaemonThreads threads = DaemonThreads.shared();
        long idle = TimeUnit.MILLISECONDS.toNanos(1);
        Team team = new Team(2, () -> false, clock(), threads, idle);
        for (int round = 0; round < 50; round++) {
            Thread worker = workerOf(team);
            worker.join(SECONDS);
            assertFalse(worker.isAlive(), "an idle worker keeps its thread");
            assertNotSame(worker, workerOf(team));
        }
    }

    @Test
    void workersInheritNothingFromTheirCaller() throws Exception {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        AtomicReference<String> seen = new AtomicReference<>("nothing");
        AtomicReference<Thread> worker = new AtomicReference<>();
        FutureTask<Void> call =
                new FutureTask<>(
                        () -> {
                            Thread caller = Thread.currentThread();
                            request.set("a request");
                            CountDownLatch both = new CountDownLatch(2);
                            new Team(2)
                                    .run(
                                            2,
                                            part -> {
                                                meet(both);
                                                if (Thread.currentThread() != caller) {
                                                    seen.set(request.get());
                                                    worker.set(Thread.currentThread());
                                                }
                                            });
                            return null;
                        });
        Thread caller = new Thread(call);
        caller.setContextClassLoader(new ClassLoader() {});
        caller.setDaemon(false);
        caller.setPriority(Thread.MIN_PRIORITY);
        caller.start();
        call.get();
        assertNull(seen.get());
        assertNull(worker.get().getContextClassLoader());
        assertTrue(worker.get().isDaemon());
        assertEquals(Thread.NORM_PRIORITY, worker.get().getPriority());
    }

    @Test
    void aTeamWhoseThreadsDoNotStartWorksWithoutThemAndTriesAgainLater() {
        AtomicLong clock = new AtomicLong();
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean(true);
        DaemonThreads threads =
                new DaemonThreads(
                        thread -> {
                            attempts.incrementAndGet();
                            if (full.get()) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            thread.start();
                        },
                        clock::get,
                        message -> {});
        Team team = new Team(3, () -> false, clock(), threads, 1_000_000_000L);
        for (int job = 0; job < 100; job++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(3);
            team.run(3, runs::incrementAndGet);
            assertEquals("[1, 1, 1]", runs.toString());
        }
        assertEquals(1, attempts.get());
        full.set(false);
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertNotSame(Thread.currentThread(), workerOf(team));
    }

    /**
     * Returns whether a thread goes to sleep as the clock goes on: which it cannot while it is
     * marked as interrupted.
     */
    private static boolean sleeps(Thread thread, AtomicLong clock) {
        long begin = System.nanoTime();
        while (thread.isInterrupted() || thread.getState() != Thread.State.TIMED_WAITING) {
            clock.addAndGet(1000);
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a clock that stands still for the calling thread, so that it never finds that a
     * worker has made it wait, after which it would do without.
     */
    private static LongSupplier clock() {
        Thread caller = Thread.currentThread();
        return () -> Thread.currentThread() == caller ? 0 : System.nanoTime();
    }

    /** Returns the worker of a team of two. */
    private static Thread workerOf(Team team) {
        Thread caller = Thread.currentThread();
        Thread[] threads = new Thread[2];
        CountDownLatch both = new CountDownLatch(2);
        team.run(
                2,
                part -> {
                    threads[part] = Thread.currentThread();
                    meet(both);
                });
        return threads[0] == caller ? threads[1] : threads[0];
    }

    /** Waits until both threads are at work. */
    private static void meet(CountDownLatch both) {
        both.countDown();
        await(both);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(
                    latch.await(SECONDS, TimeUnit.MILLISECONDS), "the other thread does not come");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
