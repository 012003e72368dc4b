package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes callers wait for compiled kernels, where cores are few: working on meanwhile on plain ones,
 * which C2 would have to compile too, delays what they wait for by more than they get done.
 *
 * <p>The first calls do not wait, so that a program that needs only a few has them at once, unless
 * they take long: plain convolutions may take a hundred times as long as compiled ones. And nobody
 * waits past a time that is counted from the first wait.
 */
final class CompilationWait {

    /** The products of two or three training steps, or of some predictions; a step of images. */
    private static final int CALLS_AT_ONCE = 16;

    /** For how long the first calls may go on. */
    private static final long AT_ONCE_NANOS = 500_000_000;

    /** What the compilation of products takes, or twice that, when nothing else runs. */
    private static final long MOST_NANOS = 500_000_000;

    /** The same for images, whose kernels are compiled one family after another. */
    private static final long MOST_NANOS_OF_IMAGES = 3_000_000_000L;

    private final int callsAtOnce;
    private final long atOnceNanos;
    private final long mostNanos;
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /** When the first call was; 0 before. */
    private volatile long first;

    /** When the first caller began to wait; 0 before. */
    private long begin;

    /** Makes one for a family's callers. */
    static CompilationWait forFamily(Family family) {
        boolean images = family != Family.PRODUCTS;
        return new CompilationWait(
                CALLS_AT_ONCE, AT_ONCE_NANOS, images ? MOST_NANOS_OF_IMAGES : MOST_NANOS);
    }

    /** Makes one that lets so many calls pass, for so long, and holds the others for so long. */
    CompilationWait(int callsAtOnce, long atOnceNanos, long mostNanos) {
        this.callsAtOnce = callsAtOnce;
        this.atOnceNanos = atOnceNanos;
        this.mostNanos = mostNanos;
    }

    /** Waits, unless this is one of the first calls; once a caller is interrupted, nobody waits. */
    void await() {
        if (over.getCount() == 0 || isAtOnce()) {
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

    private boolean isAtOnce() {
        if (first == 0) {
            first = System.nanoTime();
        }
        return calls.incrementAndGet() <= callsAtOnce && System.nanoTime() - first <= atOnceNanos;
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
