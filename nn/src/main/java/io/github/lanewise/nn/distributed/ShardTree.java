package io.github.lanewise.nn.distributed;

import java.util.Objects;

/**
 * The order in which the gradients of a batch's shards are added: one binary tree over shard
 * numbers, the definition that one JVM obeys as well as a cluster.
 *
 * <pre>
 * sum(lo, lo + 1) = shard lo
 * sum(lo, hi)     = sum(lo, mid) + sum(mid, hi),   mid = lo + the largest power of two below hi - lo
 * </pre>
 *
 * <p>Six shards are {@code ((0 + 1) + (2 + 3)) + (4 + 5)}. Any run of shards whose length is a
 * power of two, and which starts at a multiple of it, is a node of the tree whatever the number of
 * shards; so a worker that holds such a run sends one array, already added. Other runs fall into at
 * most two nodes for each power of two, and the worker sends those.
 */
public final class ShardTree {

    /** Values added at a time, so that the partial sums of all shards stay in the cache. */
    private static final int BLOCK = 4096;

    private ShardTree() {}

    /**
     * Writes the sum of all shards into an array: {@code into[i] = sum over s of shards[s][i]} for
     * {@code from <= i < to}, in the order of the tree.
     *
     * <p>The shards are working memory: their values in the range are undefined afterwards. {@code
     * into} may be {@code shards[0]}, and no other shard.
     *
     * @param shards one array for each shard, at least one
     * @param from first index
     * @param to index after the last; equal to {@code from} for nothing
     * @param into receives the sum
     * @throws IllegalArgumentException if there is no shard
     * @throws IndexOutOfBoundsException if an array does not hold the range
     */
    public static void add(float[][] shards, int from, int to, float[] into) {
        if (shards.length == 0) {
            throw new IllegalArgumentException("add: there is no shard; at least 1 is needed");
        }
        for (float[] shard : shards) {
            Objects.checkFromToIndex(from, to, shard.length);
        }
        Objects.checkFromToIndex(from, to, into.length);
        add(shards, 0, shards.length, from, to);
        if (into != shards[0]) {
            System.arraycopy(shards[0], from, into, from, to - from);
        }
    }

    /** Where the two halves of a node meet; a node of one shard has none. */
    static int middle(int lo, int hi) {
        return lo + Integer.highestOneBit(hi - lo - 1);
    }

    /**
     * Adds the shards of one node in place; the sum is then in {@code shards[lo]}. The numbers may
     * be those of the arrays instead of the shards: the tree depends on the length alone.
     */
    static void add(float[][] shards, int lo, int hi, int from, int to) {
        for (int at = from; at < to; at += BLOCK) {
            addBlock(shards, lo, hi, at, Math.min(BLOCK, to - at));
        }
    }

    private static void addBlock(float[][] shards, int lo, int hi, int at, int count) {
        if (hi - lo == 1) {
            return;
        }
        int middle = middle(lo, hi);
        addBlock(shards, lo, middle, at, count);
        addBlock(shards, middle, hi, at, count);
        add(shards[lo], at, shards[middle], at, shards[lo], at, count);
    }

    /** {@code sum[sumAt + i] = a[aAt + i] + b[bAt + i]} for {@code 0 <= i < count}. */
    static void add(float[] a, int aAt, float[] b, int bAt, float[] sum, int sumAt, int count) {
        for (int i = 0; i < count; i++) {
            sum[sumAt + i] = a[aAt + i] + b[bAt + i];
        }
    }
}
