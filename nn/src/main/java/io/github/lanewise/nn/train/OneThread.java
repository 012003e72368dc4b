package io.github.lanewise.nn.train;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Lets one thread at a time in; what it calls may come in again. */
final class OneThread {

    private final AtomicReference<Thread> user = new AtomicReference<>();

    /**
     * Runs an action.
     *
     * @param operation what messages call it
     * @throws IllegalStateException if another thread is in
     */
    <T> T run(String operation, Supplier<T> action) {
        Thread caller = Thread.currentThread();
        if (user.get() == caller) {
            return action.get();
        }
        if (!user.compareAndSet(null, caller)) {
            throw new IllegalStateException(
                    ("%s: another thread uses this trainer; one thread at a time may, and"
                                    + " InferenceSession.of(model, batch) answers any number")
                            .formatted(operation));
        }
        try {
            return action.get();
        } finally {
            user.set(null);
        }
    }
}
