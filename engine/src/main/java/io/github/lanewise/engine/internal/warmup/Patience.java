package io.github.lanewise.engine.internal.warmup;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes callers wait for compiled kernels, where cores are few: working on meanwhile on plain ones,
 * which C2 would have to compile too, delays what they wait for by more than they get done.
 *
 * <p>The first calls do not wait, so that a program that needs only a few has them at once; and
 * nobody waits past a time that is counted from the first wait.
 */
final class Patience {

    /** The products of two or three training steps, or of some predictions; a step of images. */
    private static final int CALLS_AT_ONCE = 16;

    /** What compilation takes, or twice that, when nothing else runs. */
    private static final long MOST_NANOS = 500_000_000;

    private final int callsAtOnce;
    private final long mostNanos;
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /** When the first caller began to wait; 0 before. */
    private long begin;

    Patience() {
        this(CALLS_AT_ONCE, MOST_NANOS);
    }

    /** Makes one that lets so many calls pass, and keeps the others for so long. */
    Patience(int callsAtOnce, long mostNanos) {
        this.callsAtOnce = callsAtOnce;
        this.mostNanos = mostNanos;
    }

    /** Waits, unless this is one of the first calls; once a caller is interrupted, nobody waits. */
    void await() {
        if (over.getCount() == 0 || calls.incrementAndGet() <= callsAtOnce) {
            return;
        }
        try {
            if (!over.await(remainingNanos(), TimeUnit.NANOSECONDS)) {
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private synchronized long remainingNanos() {
        long now = System.nanoTime();
        if (begin == 0) {
            begin = now;
        }
        return mostNanos - (now - begin);
    }

    /** Lets everybody go on, now and from now on. */
    void end() {
        over.countDown();
    }
}
