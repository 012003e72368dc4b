package io.github.lanewise.nn.distributed;

/** Adds the nodes of a worker's chunk, a segment at a time, in the order of the tree. */
final class ChunkSum {

    private Layout layout;

    /** For each node, who holds its values of the chunk, and where they begin. */
    private float[][] held = {};

    private int[] heldAt = {};

    void prepare(Layout layout) {
        this.layout = layout;
        if (held.length < layout.nodes()) {
            held = new float[layout.nodes()][];
            heldAt = new int[layout.nodes()];
        }
    }

    /** Says which array holds a node's values, from where on; they are working memory. */
    void hold(int node, float[] values, int at) {
        held[node] = values;
        heldAt[node] = at;
    }

    /** Adds all nodes' values of a segment, which begins there in the chunk. */
    void add(int at, int length, float[] into, int target) {
        int last = layout.nodes();
        if (last == 1) {
            if (held[0] != into) {
                System.arraycopy(held[0], heldAt[0] + at, into, target, length);
            }
            return;
        }
        int middle = ShardTree.middle(0, layout.shards());
        int split = split(0, middle);
        int a = add(0, split, 0, middle, at, length);
        int b = add(split, last, middle, layout.shards(), at, length);
        ShardTree.add(held[a], heldAt[a] + at, held[b], heldAt[b] + at, into, target, length);
    }

    /**
     * Adds the nodes numbered first up to last, which make up the shards lo up to hi, as the tree
     * says; returns the number of the node that then holds the sum.
     */
    private int add(int first, int last, int lo, int hi, int at, int length) {
        if (last - first == 1) {
            return first;
        }
        int middle = ShardTree.middle(lo, hi);
        int split = split(first, middle);
        int a = add(first, split, lo, middle, at, length);
        int b = add(split, last, middle, hi, at, length);
        float[] sum = held[a];
        ShardTree.add(sum, heldAt[a] + at, held[b], heldAt[b] + at, sum, heldAt[a] + at, length);
        return a;
    }

    /** Returns the first node, from a number on, of the shards from middle on. */
    private int split(int first, int middle) {
        int split = first;
        while (layout.lo(split) < middle) {
            split++;
        }
        return split;
    }
}
