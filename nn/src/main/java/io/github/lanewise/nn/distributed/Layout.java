package io.github.lanewise.nn.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who holds and who adds what. Every worker owns one chunk of the values, about 1/W of them, which
 * it adds for everybody; a chunk travels in segments of {@link Frame#VALUES} values. A worker sends
 * its shards as nodes of the {@link ShardTree}: the largest ones that lie within its run.
 */
final class Layout {

    private final int size;
    private final int shards;

    /** Worker r's nodes have the numbers first[r] up to first[r + 1]. */
    private final int[] first;

    /** Each node's shards, from lo up to hi. */
    private final int[] lo;

    private final int[] hi;

    private Layout(int size, int shards, int[] first, List<int[]> nodes) {
        this.size = size;
        this.shards = shards;
        this.first = first;
        this.lo = nodes.stream().mapToInt(node -> node[0]).toArray();
        this.hi = nodes.stream().mapToInt(node -> node[1]).toArray();
    }

    /** Every worker holds S/W consecutive shards. */
    static Layout ofShards(int size, int shards) {
        List<int[]> nodes = new ArrayList<>();
        int[] first = new int[size + 1];
        int own = shards / size;
        for (int r = 0; r < size; r++) {
            collect(0, shards, r * own, (r + 1) * own, nodes);
            first[r + 1] = nodes.size();
        }
        return new Layout(size, shards, first, nodes);
    }

    /** Rank 0 holds one array, the others hold none. */
    static Layout ofRankZero(int size) {
        int[] first = new int[size + 1];
        Arrays.fill(first, 1, size + 1, 1);
        return new Layout(size, 1, first, List.of(new int[] {0, 1}));
    }

    /** Collects the largest nodes under (lo, hi) that lie within [from, to). */
    private static void collect(int lo, int hi, int from, int to, List<int[]> nodes) {
        if (hi <= from || to <= lo) {
            return;
        }
        if (from <= lo && hi <= to) {
            nodes.add(new int[] {lo, hi});
            return;
        }
        int middle = ShardTree.middle(lo, hi);
        collect(lo, middle, from, to, nodes);
        collect(middle, hi, from, to, nodes);
    }

    int shards() {
        return shards;
    }

    int nodes() {
        return lo.length;
    }

    /** Returns the number of a worker's first node. */
    int firstNode(int rank) {
        return first[rank];
    }

    /** Returns how many nodes a worker holds. */
    int nodesOf(int rank) {
        return first[rank + 1] - first[rank];
    }

    int lo(int node) {
        return lo[node];
    }

    int hi(int node) {
        return hi[node];
    }

    /** Returns the first value of a worker's chunk among a number of values. */
    static int chunkStart(int count, int rank, int size) {
        return (int) ((long) count * rank / size);
    }

    int chunkStart(int count, int rank) {
        return chunkStart(count, rank, size);
    }

    int chunkLength(int count, int rank) {
        return chunkStart(count, rank + 1) - chunkStart(count, rank);
    }

    /** Returns how many segments a worker's chunk has. */
    int segments(int count, int rank) {
        return (chunkLength(count, rank) + Frame.VALUES - 1) / Frame.VALUES;
    }

    /** Returns the values in one segment of a worker's chunk. */
    int segmentLength(int count, int rank, int segment) {
        return Math.min(Frame.VALUES, chunkLength(count, rank) - segment * Frame.VALUES);
    }
}
