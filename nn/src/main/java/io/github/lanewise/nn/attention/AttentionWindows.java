package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.AttentionBlocks.Block;
import io.github.lanewise.nn.internal.Projection;

/** The operands of a block of attention, a window for each of its pairs. */
final class AttentionWindows {

    final Block block;

    /** All scores of the block, and then weights, without padding. */
    final Matrix weights;

    final Matrix dWeights;

    /** The weights that were not dropped; the weights themselves where none can be. */
    final Matrix dropped;

    /** The rows of each pair, with all columns; of all together if the block is the whole. */
    final Matrix[] weightRows;

    final Matrix[] dWeightRows;
    final Matrix[] droppedRows;
    final Matrix[] scores;
    final Matrix[] dScores;
    final Matrix[] kept;
    final Matrix[] q;
    final Matrix[] k;
    final Matrix[] v;
    final Matrix[] context;
    final Matrix[] dq;
    final Matrix[] dContext;

    /** Of what is added to the scores, and of its gradients. */
    final Parts addends;

    final Parts dAddends;
    private final AttentionExtent extent;

    /**
     * Makes the windows.
     *
     * @param buffers weights, their gradients (or null), weights that were not dropped; each begins
     *     with room for the block
     */
    AttentionWindows(Block block, AttentionExtent extent, HeadWindows[] parts, float[][] buffers) {
        this.block = block;
        this.extent = extent;
        weights = Matrix.of(buffers[0], block.rows(), block.columns());
        dWeights = buffers[1] == null ? null : Matrix.of(buffers[1], block.rows(), block.columns());
        dropped = Matrix.of(buffers[2], block.rows(), block.columns());
        int seen = Math.min(extent.keys(), block.columns());
        scores = slices(weights, seen);
        dScores = dWeights == null ? null : slices(dWeights, seen);
        kept = slices(dropped, seen);
        boolean all = block.rows() == extent.pairs() * extent.queries();
        weightRows = all ? new Matrix[] {weights} : slices(weights, block.columns());
        droppedRows = all ? new Matrix[] {dropped} : slices(dropped, block.columns());
        dWeightRows =
                dWeights == null || all
                        ? new Matrix[] {dWeights}
                        : slices(dWeights, block.columns());
        HeadWindows queries = parts[0];
        HeadWindows contexts = parts[3];
        q = windows(queries, queries.values());
        k = keys(parts[1], parts[1].values(), block.pairs(), seen);
        v = keys(parts[2], parts[2].values(), block.pairs(), seen);
        context = windows(contexts, contexts.values());
        dq = windows(queries, queries.gradients());
        dContext = windows(contexts, contexts.gradients());
        addends = new Parts();
        dAddends = new Parts();
    }

    private Matrix[] slices(Matrix all, int seen) {
        int rows = block.to() - block.from();
        Matrix[] slices = new Matrix[block.pairs().length];
        for (int i = 0; i < slices.length; i++) {
            int at = all.offset() + i * rows * all.ld();
            slices[i] = new Matrix(all.data(), at, rows, seen, all.ld());
        }
        return slices;
    }

    private Matrix[] windows(HeadWindows part, Matrix of) {
        if (of == null) {
            return null;
        }
        Matrix[] windows = new Matrix[block.pairs().length];
        for (int i = 0; i < windows.length; i++) {
            int pair = block.pairs()[i];
            int sample = pair / extent.heads();
            int head = pair % extent.heads();
            windows[i] = part.window(of, sample, head, block.from(), block.to());
        }
        return windows;
    }

    /** Returns the windows of some pairs onto the keys that the block sees. */
    private Matrix[] keys(HeadWindows part, Matrix of, int[] pairs, int seen) {
        Matrix[] windows = new Matrix[pairs.length];
        for (int i = 0; i < windows.length; i++) {
            int sample = pairs[i] / extent.heads();
            int head = pairs[i] % extent.heads() / extent.shared();
            windows[i] = part.window(of, sample, head, 0, seen);
        }
        return windows;
    }

    /** Returns the windows of some pairs onto gradients of keys or values. */
    Matrix[] dKeys(HeadWindows part, int[] pairs) {
        return keys(part, part.gradients(), pairs, Math.min(extent.keys(), block.columns()));
    }

    /** The rows and columns of the block in matrices of queries x keys, one for each pair. */
    final class Parts {

        private final Matrix[] of = new Matrix[scores.length];
        private final Matrix[] parts = new Matrix[scores.length];

        /** Returns the part of a pair's matrix; allocates when it is another than last time. */
        Matrix part(int i, Matrix[] ofPairs) {
            Matrix all = ofPairs[block.pairs()[i]];
            if (of[i] != all) {
                Matrix rows = all.rowRange(block.from(), block.to());
                parts[i] = Projection.columns(rows, 0, scores[i].cols());
                of[i] = all;
            }
            return parts[i];
        }
    }
}
