package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many compute at once, and for how long, on threads of either kind. */
@Timeout(120)
class ComputePoolTest {

    private static final Duration LONG = Duration.ofSeconds(100);

    private static final Limits ONE =
            Limits.DEFAULTS.computing(1).waiting(1).longestWait(LONG).longestRequest(LONG);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    private String blocked() throws InterruptedException {
        begun.countDown();
        gate.await();
        return "blocked";
    }

    /** Computes, and comes again if a busy machine does not begin within a short wait. */
    private static <T> T insisting(ComputePool pool, boolean isShort, Callable<T> work)
            throws Exception {
        while (true) {
            try {
                return pool.compute(isShort, work);
            } catch (Problem e) {
                assertEquals("queue_timeout", e.reason());
            }
        }
    }

    private static Problem problem(Future<?> future) {
        ExecutionException e = assertThrows(ExecutionException.class, future::get);
        return assertInstanceOf(Problem.class, e.getCause());
    }

    @ParameterizedTest(name = "short {0}")
    @ValueSource(booleans = {false, true})
    void bothKindsShareOneLimit(boolean first) throws Exception {
        try (ComputePool pool = new ComputePool(ONE);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> computed = clients.submit(() -> pool.compute(first, this::blocked));
            begun.await();
            AtomicBoolean started = new AtomicBoolean();
            Future<Boolean> waits =
                    clients.submit(() -> pool.compute(!first, () -> started.getAndSet(true)));
            while (pool.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(1, pool.computing());
            for (boolean third : new boolean[] {false, true}) {
                Problem problem =
                        assertThrows(Problem.class, () -> pool.compute(third, () -> "never"));
                assertEquals("queue_full", problem.reason());
            }
            assertFalse(started.get(), "two were computed at once");
            gate.countDown();
            assertEquals("blocked", computed.get());
            assertFalse(waits.get());
            assertEquals(0, pool.waiting());
        }
    }

    @ParameterizedTest(name = "short {0}")
    @ValueSource(booleans = {false, true})
    void whoWaitsTooLongIsNeverComputed(boolean isShort) throws Exception {
        Limits limits = ONE.longestWait(Duration.ofMillis(300));
        AtomicBoolean computed = new AtomicBoolean();
        try (ComputePool pool = new ComputePool(limits);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = clients.submit(() -> insisting(pool, isShort, this::blocked));
            begun.await();
            Future<Boolean> second =
                    clients.submit(() -> pool.compute(isShort, () -> computed.getAndSet(true)));
            assertEquals("queue_timeout", problem(second).reason());
            gate.countDown();
            assertEquals("blocked", first.get());
            assertEquals("after", insisting(pool, isShort, () -> "after"));
            assertFalse(computed.get());
        }
    }

    @ParameterizedTest(name = "short {0}")
    @ValueSource(booleans = {false, true})
    void whatTakesTooLongIsGivenUpAndInterrupted(boolean isShort) throws Exception {
        Limits limits = ONE.longestRequest(Duration.ofMillis(50));
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ComputePool pool = new ComputePool(limits);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> answer =
                    clients.submit(
                            () ->
                                    pool.compute(
                                            isShort,
                                            () -> {
                                                try {
                                                    return blocked();
                                                } finally {
                                                    interrupted.countDown();
                                                }
                                            }));
            assertEquals("time", problem(answer).reason());
            interrupted.await();
            assertEquals(1, gate.getCount(), "nobody let it go");
        }
    }

    @Test
    void manyDeadlinesAreAllKept() throws Exception {
        int many = 50;
        Limits limits = ONE.waiting(many).longestWait(Duration.ofMillis(200));
        try (ComputePool pool = new ComputePool(limits);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = clients.submit(() -> insisting(pool, false, this::blocked));
            begun.await();
            List<Future<String>> others = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                boolean isShort = i % 2 == 0;
                others.add(clients.submit(() -> pool.compute(isShort, () -> "never")));
            }
            for (Future<String> other : others) {
                assertEquals("queue_timeout", problem(other).reason());
            }
            gate.countDown();
            assertEquals("blocked", first.get());
        }
    }

    @RepeatedTest(100)
    void whatWaitsWhenThePoolEndsIsGivenUp() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            ComputePool pool = new ComputePool(ONE);
            Future<String> first = clients.submit(() -> pool.compute(false, this::blocked));
            begun.await();
            Future<String> second = clients.submit(() -> pool.compute(true, () -> "never"));
            while (pool.waiting() == 0) {
                Thread.onSpinWait();
            }
            pool.close();
            assertEquals(503, problem(second).status());
            assertThrows(ExecutionException.class, first::get);
            Problem late = assertThrows(Problem.class, () -> pool.compute(true, () -> "never"));
            assertEquals(503, late.status());
        }
    }
}
