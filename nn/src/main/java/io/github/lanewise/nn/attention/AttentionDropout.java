package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.AttentionBlocks.Block;
import io.github.lanewise.nn.layer.Dropout;

/**
 * Drops weights of an attention: by their places among those of the whole batch, so that neither
 * blocks nor shards show.
 */
final class AttentionDropout {

    private static final long HIGH_HALF = 0xffffffffL << Integer.SIZE;

    private final Dropout layer;
    private final Kernels kernels;
    private final Workspace pairs;
    private final AttentionExtent extent;
    private long key;
    private float p;

    AttentionDropout(Dropout layer, AttentionExtent extent, Workspace workspace) {
        this.layer = layer;
        this.extent = extent;
        kernels = workspace.kernels();
        pairs = workspace.batch(extent.pairs());
    }

    /** Begins a forward pass: draws what decides who is dropped. */
    void draw() {
        key = layer.nextKey();
        p = layer.p();
    }

    /**
     * Drops what the forward pass drops, of a block's weights or of their gradients.
     *
     * @param x the rows of each of its pairs, or of all together if it is the whole
     * @param y receives as many
     */
    void apply(Block block, Matrix[] x, Matrix[] y) {
        for (int i = 0; i < x.length; i++) {
            kernels.dropout(keyFrom(block.pairs()[i], block.from()), p, x[i], y[i]);
        }
    }

    /** Returns the key by which element 0 is hashed as the first weight of a query is. */
    private long keyFrom(int pair, int query) {
        int row = (pairs.firstRow() + pair) * extent.queries() + query;
        return key & HIGH_HALF | Integer.toUnsignedLong((int) key + row * extent.columns());
    }
}
