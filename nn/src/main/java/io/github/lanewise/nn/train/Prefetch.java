package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.internal.Threads;

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

    private final EpochPlan plan;
    private final List<Dataset> views;
    private final List<Slot> slots = new ArrayList<>();
    private final BlockingQueue<Slot> free;
    private final BlockingQueue<Slot> ready;
    private Thread thread;

    /** Room for a batch of each bucket, full or not, and what came of it. */
    private final class Slot {
        private final Batch[] full = new Batch[views.size()];
        private final Batch[] rest = new Batch[views.size()];
        private Batch loaded;
        private int number;
        private Throwable failure;

        private void load(int batch, long epoch) {
            number = batch;
            failure = null;
            int bucket = plan.bucket(batch);
            int count = plan.count(batch);
            Batch[] room = count == plan.size(bucket) ? full : rest;
            if (room[bucket] == null) {
                room[bucket] = new Batch(views.get(bucket), count);
            }
            loaded = room[bucket];
            try {
                loaded.load(plan.order(), plan.start(batch), epoch);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    /**
     * @param plan of the epoch, which must stay as it is while this gathers: see {@link #close}
     * @param views the dataset as each bucket sees it
     * @param depth batches ahead, 1 or more
     */
    Prefetch(EpochPlan plan, List<Dataset> views, int depth) {
        this.plan = plan;
        this.views = views;
        this.free = new ArrayBlockingQueue<>(depth);
        this.ready = new ArrayBlockingQueue<>(depth);
        for (int i = 0; i < depth; i++) {
            slots.add(new Slot());
        }
        free.addAll(slots);
    }

    /** Copies a batch of the plan; each in its turn. */
    void load(Batch into, int batch, long epoch) {
        if (thread == null) {
            start(batch, epoch);
        }
        Slot slot = take();
        if (slot.failure != null) {
            rethrow(slot.failure);
        }
        if (slot.number != batch) {
            throw new IllegalStateException(
                    "prefetch: batch %s was asked for, the next is %s"
                            .formatted(batch, slot.number));
        }
        into.copy(slot.loaded);
        free.add(slot);
    }

    private void start(int batch, long epoch) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("lanewise-prefetch")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(() -> gather(batch, epoch));
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void gather(int from, long epoch) {
        try {
            for (int batch = from; batch < plan.batches(); batch++) {
                Slot slot = free.take();
                slot.load(batch, epoch);
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
        Threads.join(thread);
        thread = null;
        free.clear();
        ready.clear();
        free.addAll(slots);
    }
}
