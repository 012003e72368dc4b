package io.github.lanewise.nn.distributed;

/** Where the threads of a {@link LocalCollective} meet; each brings an object that others read. */
final class LocalGroup {

    private final int size;
    private final int shards;
    private final Object[] posts;
    private final long[] steps;
    private int arrived;
    private long meetings;
    private int lastToCome;
    private int gone = -1;

    LocalGroup(int size, int shards) {
        Calls.checkShards(size, shards);
        this.size = size;
        this.shards = shards;
        this.posts = new Object[size];
        this.steps = new long[size];
    }

    int size() {
        return size;
    }

    int shards() {
        return shards;
    }

    synchronized void step(int rank, long number) {
        steps[rank] = number;
    }

    /** Returns what a rank brought to the meeting; stays until the next one. */
    synchronized Object post(int rank) {
        return posts[rank];
    }

    /** Waits for all; returns the rank that came last. */
    synchronized int meet(int rank, Object post) {
        checkComplete(rank);
        posts[rank] = post;
        if (++arrived == size) {
            arrived = 0;
            meetings++;
            lastToCome = rank;
            notifyAll();
            return rank;
        }
        long meeting = meetings;
        while (meetings == meeting) {
            checkComplete(rank);
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Calls.interrupted(steps[rank]);
            }
        }
        return lastToCome;
    }

    private void checkComplete(int rank) {
        if (gone >= 0) {
            throw new WorkerLostException(
                    gone,
                    steps[rank],
                    "rank %d lost at step %d: it left the group".formatted(gone, steps[rank]));
        }
    }

    synchronized void leave(int rank) {
        if (gone < 0) {
            gone = rank;
        }
        notifyAll();
    }
}
