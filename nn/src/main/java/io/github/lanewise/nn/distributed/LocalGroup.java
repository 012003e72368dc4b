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
    private String why;

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

    /**
     * Returns what a rank brought to the meeting, if it came for the same call; for another rank.
     */
    synchronized <T> T post(int rank, Class<T> type, int reader) {
        if (!type.isInstance(posts[rank])) {
            throw differs(rank, reader);
        }
        return type.cast(posts[rank]);
    }

    /** Ends the group: a rank has come for another call than its reader. */
    synchronized WorkerLostException differs(int rank, int reader) {
        end(
                rank,
                "its calls differ from those of rank %s; all workers must make the same calls"
                        .formatted(reader));
        return lost(reader);
    }

    private void end(int rank, String reason) {
        if (gone < 0) {
            gone = rank;
            why = reason;
        }
        notifyAll();
    }

    private WorkerLostException lost(int reader) {
        return new WorkerLostException(
                gone,
                steps[reader],
                "rank %s lost at step %s: %s".formatted(gone, steps[reader], why));
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
            throw lost(rank);
        }
    }

    synchronized void leave(int rank) {
        end(rank, "it left the group");
    }
}
