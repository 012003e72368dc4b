package io.github.lanewise.nn.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Workers that are threads of one JVM: for tests, and, with one worker, the trivial case. Allocates
 * nothing in {@link #start} and {@link #await}.
 *
 * <p>There is no deadline, as a thread does not vanish as a machine does: a worker whose thread
 * ends must {@link #close} (try-with-resources does), and the others are told.
 */
public final class LocalCollective implements Collective {

    private static final int MOST_BUCKETS = 256;

    private final LocalGroup group;
    private final int rank;
    private final Stopwatch watch;
    private final Post[] posts = new Post[MOST_BUCKETS];
    private final float[][] all;
    private int started;
    private boolean closed;

    /** One call's arguments, where the other workers read them. */
    private static final class Post {
        private float[][] shards;
        private int from;
        private int to;
        private float[] into;
    }

    private LocalCollective(LocalGroup group, int rank) {
        this.group = group;
        this.rank = rank;
        this.watch = new Stopwatch(rank, group.size());
        this.all = new float[group.shards()][];
        Arrays.setAll(posts, i -> new Post());
    }

    /**
     * Makes a group of one worker, which holds all shards.
     *
     * @param shards S, at least 1
     * @return the worker
     * @throws IllegalArgumentException if there is no shard
     */
    public static Collective alone(int shards) {
        return group(1, shards).get(0);
    }

    /**
     * Makes a group of workers, one for each thread.
     *
     * @param workers W, at least 1
     * @param shards S, a multiple of W
     * @return the workers, by rank
     * @throws IllegalArgumentException if W does not divide S
     */
    public static List<Collective> group(int workers, int shards) {
        LocalGroup group = new LocalGroup(workers, shards);
        List<Collective> members = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            members.add(new LocalCollective(group, rank));
        }
        return List.copyOf(members);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return group.size();
    }

    @Override
    public int shards() {
        return group.shards();
    }

    @Override
    public void step(long number) {
        watch.step();
        group.step(rank, number);
    }

    @Override
    public void start(float[][] shards, int from, int to, float[] into) {
        checkOpen("start");
        Calls.check(this, shards, from, to, into);
        if (started == MOST_BUCKETS) {
            throw new IllegalStateException(
                    "start: %s buckets are under way; await them first".formatted(started));
        }
        Post post = posts[started++];
        post.shards = shards;
        post.from = from;
        post.to = to;
        post.into = into;
    }

    @Override
    public void await() {
        checkOpen("await");
        if (started == 0) {
            return;
        }
        watch.enter();
        try {
            for (int i = 0; i < started; i++) {
                add(i);
            }
        } finally {
            started = 0;
            watch.leave();
        }
    }

    /** Adds this worker's part of the range for everybody, then waits for the others' parts. */
    private void add(int bucket) {
        Post mine = posts[bucket];
        meet(mine);
        int own = ownShards();
        for (int r = 0; r < size(); r++) {
            Post post = checked(mine, r);
            System.arraycopy(post.shards, 0, all, r * own, own);
        }
        int from = mine.from + Layout.chunkStart(mine.to - mine.from, rank, size());
        int to = mine.from + Layout.chunkStart(mine.to - mine.from, rank + 1, size());
        ShardTree.add(all, 0, all.length, from, to);
        for (int r = 0; r < size(); r++) {
            float[] into = group.post(r, Post.class, rank).into;
            if (into != all[0]) {
                System.arraycopy(all[0], from, into, from, to - from);
            }
        }
        meet(mine);
    }

    private Post checked(Post mine, int other) {
        Post post = group.post(other, Post.class, rank);
        if (post.from != mine.from || post.to != mine.to) {
            throw group.differs(other, rank);
        }
        return post;
    }

    @Override
    public void broadcast(float[] values, int from, int to) {
        checkOpen("broadcast");
        Objects.checkFromToIndex(from, to, values.length);
        await();
        watch.enter();
        try {
            meet(values);
            System.arraycopy(group.post(0, float[].class, rank), from, values, from, to - from);
            meet(values);
        } finally {
            watch.leave();
        }
    }

    @Override
    public byte[][] gather(byte[] message) {
        checkOpen("gather");
        Calls.checkMessage(message);
        await();
        watch.enter();
        try {
            meet(message);
            byte[][] messages = new byte[size()][];
            for (int r = 0; r < size(); r++) {
                messages[r] = group.post(r, byte[].class, rank).clone();
            }
            meet(message);
            return messages;
        } finally {
            watch.leave();
        }
    }

    private void meet(Object post) {
        long before = System.nanoTime();
        int last = group.meet(rank, post);
        watch.waitedFor(last, System.nanoTime() - before);
    }

    private void checkOpen(String operation) {
        if (closed) {
            throw new IllegalStateException(operation + ": the collective is closed");
        }
    }

    @Override
    public CollectiveReport report() {
        return watch.report(0, 0, 0);
    }

    @Override
    public void close() {
        closed = true;
        group.leave(rank);
    }
}
