package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class DaemonThreadsTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<Thread> attempts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean full;

    private final DaemonThreads threads =
            new DaemonThreads(this::attempt, clock::get, warnings::add);

    private void attempt(Thread thread) {
        attempts.add(thread);
        if (full) {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    @Test
    void aThreadTakesNothingFromWhoStartsIt() {
        Thread thread = threads.start("some-worker", () -> {});
        assertEquals("some-worker", thread.getName());
        assertTrue(thread.isDaemon());
        assertFalse(thread.isVirtual());
        assertNull(thread.getContextClassLoader());
    }

    @Test
    void aThreadThatCannotBeStartedIsReportedOnceAndTriedAgainLater() {
        full = true;
        assertNull(threads.start("a", () -> {}));
        assertNull(threads.start("b", () -> {}));
        assertEquals(1, attempts.size(), "attempts at once after a failure");
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertNull(threads.start("c", () -> {}));
        assertEquals(2, attempts.size());
        full = false;
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertNotNull(threads.start("d", () -> {}));
        assertNotNull(threads.start("e", () -> {}));
        assertEquals(
                List.of(
                        "a: this thread could not be started; the results are the same, only"
                                + " slower; allow this process more threads or memory: unable to"
                                + " create native thread"),
                warnings);
    }
}
