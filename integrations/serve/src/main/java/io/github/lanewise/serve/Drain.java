package io.github.lanewise.serve;

import com.sun.net.httpserver.HttpServer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a server end when its requests are answered.
 *
 * <p>To stop listening resets what the kernel has accepted and the server has not. So it listens on
 * until for a moment no request came, for half of the time at most; who asks meanwhile is answered
 * and told to close.
 *
 * <p>Where requests came all that time, it stops listening and answers those of the connections
 * that there are. The JDK's server ends as soon as no exchange is open, even if a request lies
 * unread in a connection; so exchanges that are answered then stay open until none came any more.
 */
final class Drain {

    /** No request within this time, and none is on its way. */
    private static final long QUIET_NANOS = 50_000_000;

    private static final long STEP_MILLIS = 5;

    private final HttpServer http;
    private final CountDownLatch released = new CountDownLatch(1);
    private int open;
    private long last = System.nanoTime();
    private volatile boolean draining;
    private volatile boolean deaf;

    Drain(HttpServer http) {
        this.http = http;
    }

    boolean isDraining() {
        return draining;
    }

    /** Says that a request has come. */
    synchronized void begin() {
        open++;
        last = System.nanoTime();
    }

    /** Says that a request is answered; once deaf, returns when the server may end. */
    void end() {
        synchronized (this) {
            open--;
        }
        if (deaf) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the server; returns whether all requests were answered. */
    boolean run(Duration most) {
        draining = true;
        long now = System.nanoTime();
        boolean quiet = false;
        try {
            quiet = awaitQuiet(now + most.toNanos() / 2);
            quiet = stopListening(quiet, now + most.toNanos());
        } catch (InterruptedException e) {
            http.stop(0);
            Thread.currentThread().interrupt();
        } finally {
            released.countDown();
        }
        return quiet;
    }

    private boolean stopListening(boolean quiet, long end) throws InterruptedException {
        deaf = true;
        long left = end - System.nanoTime();
        int seconds = quiet ? 0 : (int) Math.max(1, left / 1_000_000_000);
        Thread stop = Thread.ofPlatform().name("lanewise-stop").start(() -> http.stop(seconds));
        boolean done = quiet || awaitQuiet(end);
        released.countDown();
        stop.join();
        return done;
    }

    private boolean awaitQuiet(long end) throws InterruptedException {
        while (System.nanoTime() < end) {
            Thread.sleep(STEP_MILLIS);
            if (isQuiet()) {
                return true;
            }
        }
        return false;
    }

    private synchronized boolean isQuiet() {
        return open == 0 && System.nanoTime() - last > QUIET_NANOS;
    }
}
