package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.AttentionBlocks.Block;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Dropout;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Drops weights of an attention: by their places among those of the whole batch, so that neither
 * blocks nor shards show. Where samples are of unequal length, each row of weights is dropped by
 * itself, so that padding does not show either.
 */
final class AttentionDropout {

    private static final long HIGH_HALF = 0xffffffffL << Integer.SIZE;

    private final Dropout layer;
    private final Kernels kernels;
    private final Workspace pairs;
    private final AttentionExtent extent;

    /** By what they are of: windows onto single rows. */
    private final Map<Matrix[], Matrix[]> rows = new IdentityHashMap<>();

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
        if (extent.unequal()) {
            applyToRows(block, x, y);
            return;
        }
        for (int i = 0; i < x.length; i++) {
            kernels.dropout(keyFrom(block.pairs()[i], block.from()), p, x[i], y[i]);
        }
    }

    private void applyToRows(Block block, Matrix[] x, Matrix[] y) {
        int queries = block.to() - block.from();
        Matrix[] from = rows(x);
        Matrix[] to = rows(y);
        for (int i = 0; i < block.rows(); i++) {
            int pair = block.pairs()[i / queries];
            long ofPair = RandomStream.at(key, pairs.firstRow() + pair);
            long ofRow = RandomStream.at(ofPair, block.from() + i % queries);
            kernels.dropout(ofRow, p, from[i], to[i]);
        }
    }

    /** Returns the rows of a block, which may be in one matrix or in one for each pair. */
    private Matrix[] rows(Matrix[] parts) {
        Matrix[] all = rows.get(parts);
        if (all == null) {
            int each = parts[0].rows();
            all = new Matrix[parts.length * each];
            for (int i = 0; i < all.length; i++) {
                all[i] = parts[i / each].rowRange(i % each, i % each + 1);
            }
            rows.put(parts, all);
        }
        return all;
    }

    /** Returns the key by which element 0 is hashed as the first weight of a query is. */
    private long keyFrom(int pair, int query) {
        int row = (pairs.firstRow() + pair) * extent.queries() + query;
        return key & HIGH_HALF | Integer.toUnsignedLong((int) key + row * extent.columns());
    }
}
