package io.github.lanewise.nn.distributed;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the thread that trains and the network thread meet: operations go one way, their end or the
 * run's the other. One thread on each side, no lock, nothing allocated.
 */
final class Mailbox {

    /** Operations under way at a time; a power of two. */
    static final int MOST = 256;

    private final Selector selector;
    private final long pause;
    private final Operation[] ring = new Operation[MOST];

    private volatile long posted;
    private volatile long step;
    private volatile Thread caller;
    private volatile boolean awaiting;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    /** Known to the network thread alone. */
    private long taken;

    Mailbox(Selector selector, long pauseNanos) {
        this.selector = selector;
        this.pause = pauseNanos;
    }

    // The calling thread's side.

    long nextNumber() {
        return posted;
    }

    void step(long number) {
        step = number;
    }

    void post(Operation operation) {
        long number = posted;
        ring[(int) (number % MOST)] = operation;
        posted = number + 1;
        selector.wakeup();
    }

    /** Waits until an operation is done; everything that this worker will begin has been posted. */
    void waitFor(Operation operation) {
        caller = Thread.currentThread();
        awaiting = true;
        try {
            while (!operation.done) {
                checkAlive();
                LockSupport.parkNanos(this, pause);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw Calls.interrupted(step);
                }
            }
        } finally {
            awaiting = false;
        }
    }

    /** Throws what ended the network thread, if it has ended. */
    void checkAlive() {
        RuntimeException cause = failure;
        if (cause instanceof WorkerLostException lost) {
            throw new WorkerLostException(lost);
        }
        if (cause != null) {
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }

    void close() {
        closing = true;
        selector.wakeup();
    }

    // The network thread's side.

    boolean hasMore() {
        return taken < posted;
    }

    Operation take() {
        return ring[(int) (taken++ % MOST)];
    }

    /** Returns how many operations were taken: the number of the next one. */
    long taken() {
        return taken;
    }

    /**
     * Whether the calling thread waits for operations that are all taken, and can post no other.
     */
    boolean awaitsWhatIsTaken() {
        long before = posted;
        return awaiting && before == taken && before == posted;
    }

    boolean isClosing() {
        return closing;
    }

    /** Returns the step that training is at; for both sides. */
    long step() {
        return step;
    }

    void done(Operation operation) {
        operation.done = true;
        LockSupport.unpark(caller);
    }

    void fail(RuntimeException cause) {
        failure = cause;
        LockSupport.unpark(caller);
    }
}
