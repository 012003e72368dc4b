package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompilationWaitTest {

    private static final long LONG = Long.MAX_VALUE;

    @Test
    void theFirstCallsDoNotWait() {
        CompilationWait wait = new CompilationWait(2, LONG, LONG);
        wait.await();
        wait.await();
    }

    @Test
    void laterCallsWaitForTheEnd() throws InterruptedException {
        CompilationWait wait = new CompilationWait(0, LONG, LONG);
        Thread caller = Thread.ofPlatform().daemon().start(wait::await);
        awaitWaiting(caller);
        wait.end();
        caller.join();
    }

    private static void awaitWaiting(Thread caller) {
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(caller.isAlive(), "the caller has not waited");
            Thread.onSpinWait();
        }
    }

    @Test
    void theFirstCallsWaitOnceTheyHaveTakenTooLong() throws InterruptedException {
        CompilationWait wait = new CompilationWait(Integer.MAX_VALUE, -1, LONG);
        Thread caller = Thread.ofPlatform().daemon().start(wait::await);
        awaitWaiting(caller);
        wait.end();
        caller.join();
    }

    @Test
    void nobodyWaitsAfterTheEnd() {
        CompilationWait wait = new CompilationWait(0, LONG, LONG);
        wait.end();
        wait.await();
    }

    @Test
    void nobodyWaitsLongerThanTheMost() {
        new CompilationWait(0, LONG, 1).await();
    }

    @Test
    void anInterruptedCallerStaysInterruptedAndGoesOn() {
        CompilationWait wait = new CompilationWait(0, LONG, LONG);
        Thread.currentThread().interrupt();
        wait.await();
        assertTrue(Thread.interrupted());
        wait.await();
    }
}
