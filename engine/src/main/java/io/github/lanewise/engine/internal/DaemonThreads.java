package io.github.lanewise.engine.internal;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Starts daemon threads that take nothing from whoever happens to make the call that needs them: no
 * context class loader, no inheritable thread locals, no priority. Else these would live as long as
 * the thread, and with them whatever they refer to.
 *
 * <p>A thread may not start, where the system or a container sets a limit to their number. Then the
 * program is told once, and after some time the next who needs a thread tries again.
 */
public final class DaemonThreads {

    /** After a failure, the time until the next attempt. */
    private static final long RETRY_NANOS = 10_000_000_000L;

    private static final DaemonThreads SHARED =
            new DaemonThreads(Thread::start, System::nanoTime, DaemonThreads::log);

    private final Consumer<Thread> starter;
    private final LongSupplier clock;
    private final Consumer<String> warning;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean failed;
    private volatile long failedAt;

    /** Makes them from a way to start a thread, a clock of nanoseconds, and one to warn. */
    public DaemonThreads(Consumer<Thread> starter, LongSupplier clock, Consumer<String> warning) {
        this.starter = starter;
        this.clock = clock;
        this.warning = warning;
    }

    /** Returns those of this JVM. */
    public static DaemonThreads shared() {
        return SHARED;
    }

    /**
     * Starts a thread.
     *
     * @return the thread, or null if none can be started now
     */
    public Thread start(String name, Runnable task) {
        if (failed && clock.getAsLong() - failedAt < RETRY_NANOS) {
            return null;
        }
        try {
            Thread thread =
                    Thread.ofPlatform()
                            .name(name)
                            .daemon()
                            .priority(Thread.NORM_PRIORITY)
                            .inheritInheritableThreadLocals(false)
                            .unstarted(task);
            thread.setContextClassLoader(null);
            starter.accept(thread);
            failed = false;
            return thread;
        } catch (OutOfMemoryError e) {
            failedAt = clock.getAsLong();
            failed = true;
            if (warned.compareAndSet(false, true)) {
                warning.accept(
                        name
                                + ": this thread could not be started; the results are the same,"
                                + " only slower; allow this process more threads or memory: "
                                + e.getMessage());
            }
            return null;
        }
    }

    private static void log(String message) {
        System.getLogger("io.github.lanewise.engine").log(Level.WARNING, message);
    }
}
