package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatienceTest {

    private static final long LONG = Long.MAX_VALUE;

    @Test
    void theFirstCallsDoNotWait() {
        Patience patience = new Patience(2, LONG, LONG);
        patience.await();
        patience.await();
    }

    @Test
    void laterCallsWaitForTheEnd() throws InterruptedException {
        Patience patience = new Patience(0, LONG, LONG);
        Thread caller = Thread.ofPlatform().daemon().start(patience::await);
        awaitWaiting(caller);
        patience.end();
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
        Patience patience = new Patience(Integer.MAX_VALUE, -1, LONG);
        Thread caller = Thread.ofPlatform().daemon().start(patience::await);
        awaitWaiting(caller);
        patience.end();
        caller.join();
    }

    @Test
    void nobodyWaitsAfterTheEnd() {
        Patience patience = new Patience(0, LONG, LONG);
        patience.end();
        patience.await();
    }

    @Test
    void nobodyWaitsLongerThanTheMost() {
        new Patience(0, LONG, 1).await();
    }

    @Test
    void anInterruptedCallerStaysInterruptedAndGoesOn() {
        Patience patience = new Patience(0, LONG, LONG);
        Thread.currentThread().interrupt();
        patience.await();
        assertTrue(Thread.interrupted());
        patience.await();
    }
}
