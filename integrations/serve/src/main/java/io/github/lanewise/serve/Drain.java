package io.github.lanewise.serve;

import com.sun.net.httpserver.HttpServer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a server end when its requests are answered.
 *
 * <p>The JDK's server ends as soon as no exchange is open, even if a request lies unread in a
 * connection. So exchanges that are answered stay open until for a moment none came.
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

    /** Says that a request is answered; while draining, returns when the server may end. */
    void end() {
        synchronized (this) {
            open--;
        }
        if (draining) {
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
        long end = System.nanoTime() + most.toNanos();
        int seconds = (int) Math.max(1, most.toSeconds());
        Thread stop = Thread.ofPlatform().name("lanewise-stop").start(() -> http.stop(seconds));
        boolean quiet = false;
        try {
            while (!quiet && System.nanoTime() < end) {
                Thread.sleep(STEP_MILLIS);
                quiet = isQuiet();
            }
            released.countDown();
            stop.join();
        } catch (InterruptedException e) {
            released.countDown();
            Thread.currentThread().interrupt();
        }
        return quiet;
    }

    private synchronized boolean isQuiet() {
        return open == 0 && System.nanoTime() - last > QUIET_NANOS;
    }
}
