package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Gathers the next batches of an epoch on a thread of its own while the last is computed: in order,
 * at most so many ahead, after which it waits. What comes out is what would have been gathered
 * without it.
 */
final class Prefetch implements AutoCloseable {

    private final Dataset dataset;
    private final int size;
    private final List<Slot> slots = new ArrayList<>();
    private final BlockingQueue<Slot> free;
    private final BlockingQueue<Slot> ready;
    private Thread thread;
    private int[] order;
    private int samples;
    private long epoch;

    /** Room for a batch, and what came of it. */
    private final class Slot {
        private final Batch full = new Batch(dataset, size);
        private Batch rest;
        private Batch loaded;
        private int at;
        private Throwable failure;

        private void load(int from, int count) {
            at = from;
            failure = null;
            if (count != size && (rest == null || rest.size() != count)) {
                rest = new Batch(dataset, count);
            }
            loaded = count == size ? full : rest;
            try {
                loaded.load(order, from, epoch);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    /**
     * @param depth batches ahead, 1 or more
     * @param size samples of a full batch
     */
    Prefetch(Dataset dataset, int depth, int size) {
        this.dataset = dataset;
        this.size = size;
        this.free = new ArrayBlockingQueue<>(depth);
        this.ready = new ArrayBlockingQueue<>(depth);
        for (int i = 0; i < depth; i++) {
            slots.add(new Slot());
        }
        free.addAll(slots);
    }

    /** Sets the epoch whose batches come next; the order must stay as it is until its end. */
    void epoch(int[] order, int samples, long epoch) {
        close();
        this.order = order;
        this.samples = samples;
        this.epoch = epoch;
    }

    /** Copies the batch that begins at a place in the order; each in its turn. */
    void load(Batch into, int at) {
        if (thread == null) {
            start(at);
        }
        Slot slot = take();
        if (slot.failure != null) {
            rethrow(slot.failure);
        }
        if (slot.at != at || slot.loaded.size() != into.size()) {
            throw new IllegalStateException(
                    "prefetch: the batch at %d of %d samples was asked for, the next is at %d of %d"
                            .formatted(at, into.size(), slot.at, slot.loaded.size()));
        }
        into.copy(slot.loaded);
        free.add(slot);
    }

    private void start(int at) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("lanewise-prefetch")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(() -> gather(at));
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void gather(int from) {
        try {
            for (int at = from; at < samples; at += size) {
                Slot slot = free.take();
                slot.load(at, Math.min(size, samples - at));
                ready.put(slot);
                if (slot.failure != null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // the epoch was left before its end
        }
    }

    /** Waits even if the thread is interrupted, which ends training only after the step. */
    private Slot take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ready.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /** Ends the thread, if one is under way, and empties the slots. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
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
        thread = null;
        free.clear();
        ready.clear();
        free.addAll(slots);
    }
}
