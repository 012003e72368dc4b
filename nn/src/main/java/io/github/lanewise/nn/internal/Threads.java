package io.github.lanewise.nn.internal;

/** What several rooms do with threads. */
public final class Threads {

    private Threads() {}

    /**
     * Waits for a thread's end, even if interrupted; the caller is interrupted again afterwards.
     */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
