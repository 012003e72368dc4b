package io.github.lanewise.examples;

import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets training end after the running step when the user presses Ctrl-C or the system asks the
 * program to end, so that the trainer writes its last checkpoint. The JVM then ends with 130 or
 * 143, as it does by itself after such a signal.
 */
final class Interruption implements TrainerCallback, AutoCloseable {

    private static final int MOST_SECONDS = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");
    private volatile boolean requested;
    private volatile boolean idle;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Lets the program end at once until training begins: it still waits for other workers. */
    Interruption idleUntilTraining() {
        idle = true;
        return this;
    }

    private void request() {
        requested = true;
        if (idle) {
            return;
        }
        try {
            boolean ended = done.await(MOST_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("Interrupted in the middle of a step that does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the program is asked to end. */
    boolean isRequested() {
        return requested;
    }

    @Override
    public void onTrainBegin(Progress progress) {
        idle = false;
    }

    @Override
    public void onBatchEnd(Progress progress) {
        if (requested) {
            progress.stop();
        }
    }

    /** Says that all is written. */
    @Override
    public void close() {
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is going down already; the hook has nothing to wait for.
            }
        }
    }
}
