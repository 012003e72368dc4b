package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.AttentionBlocks.Block;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.internal.RowView;
import io.github.lanewise.nn.layer.Dropout;

import java.util.Arrays;
import java.util.List;

/**
 * The part of attention between its projections: for each sample and head, softmax(q k<sup>T</sup>
 * / sqrt(d)) v, many heads at once as products of windows, block by block.
 */
final class AttentionHeads implements AttentionCore {

    private final Kernels kernels;
    private final Sequences sequences;
    private final AttentionExtent extent;
    private final AttentionMask mask;
    private final AttentionDropout dropout;
    private final HeadWindows keys;
    private final HeadWindows values;
    private final boolean whole;
    private final AttentionWindows[] blocks;
    private final Round[][] rounds;
    private Matrix[] dAdded;
    private Matrix weights;
    private Matrix average;

    /** What adds up in gradients of keys and values at a time: no two pairs that share a key. */
    private record Round(
            Matrix[] kept,
            Matrix[] dScores,
            Matrix[] q,
            Matrix[] dContext,
            Matrix[] dk,
            Matrix[] dv) {}

    /**
     * Binds.
     *
     * @param parts windows of queries, keys, values and contexts
     * @param dropout null for none
     * @param lengths how many keys of each sample there are; null if all
     */
    AttentionHeads(
            AttentionExtent extent,
            AttentionBlocks limits,
            Dropout dropout,
            HeadWindows[] parts,
            Lengths lengths,
            Workspace workspace) {
        this.extent = extent;
        kernels = workspace.kernels();
        sequences = kernels.sequences();
        mask = new AttentionMask(extent, lengths, kernels);
        keys = parts[1];
        values = parts[2];
        boolean drops = dropout != null && workspace.training();
        this.dropout = drops ? new AttentionDropout(dropout, extent, workspace) : null;
        whole = limits.isWhole(extent);
        List<Block> all = limits.of(extent, !drops);
        int most = all.stream().mapToInt(b -> b.rows() * b.columns()).max().orElseThrow();
        float[] scores = new float[most];
        float[] dScores = workspace.training() ? new float[most] : null;
        float[][] buffers = {scores, dScores, drops ? new float[most] : scores};
        blocks = new AttentionWindows[all.size()];
        Arrays.setAll(blocks, i -> new AttentionWindows(all.get(i), extent, parts, buffers));
        rounds = new Round[blocks.length][];
        for (int i = 0; workspace.training() && i < blocks.length; i++) {
            rounds[i] = rounds(blocks[i]);
        }
    }

    private Round[] rounds(AttentionWindows block) {
        if (!whole || extent.shared() == 1) {
            return new Round[] {
                new Round(
                        block.kept,
                        block.dScores,
                        block.q,
                        block.dContext,
                        block.dKeys(keys, block.block.pairs()),
                        block.dKeys(values, block.block.pairs()))
            };
        }
        Round[] all = new Round[extent.shared()];
        for (int n = 0; n < all.length; n++) {
            int[] pairs = AttentionBlocks.pairsOf(extent, n);
            all[n] =
                    new Round(
                            chosen(block.kept, pairs),
                            chosen(block.dScores, pairs),
                            chosen(block.q, pairs),
                            chosen(block.dContext, pairs),
                            block.dKeys(keys, pairs),
                            block.dKeys(values, pairs));
        }
        return all;
    }

    private static Matrix[] chosen(Matrix[] all, int[] which) {
        return Arrays.stream(which).mapToObj(i -> all[i]).toArray(Matrix[]::new);
    }

    AttentionMask mask() {
        return mask;
    }

    /** Sets where the gradients of what is added to the scores add up, for each pair. */
    void addedGradients(Matrix[] ofPairs) {
        dAdded = ofPairs;
    }

    @Override
    public void forward() {
        if (dropout != null) {
            dropout.draw();
        }
        for (AttentionWindows block : blocks) {
            weigh(block);
            sequences.multiplyEach(Transpose.NN, block.kept, block.v, 1, block.context);
        }
    }

    /** Computes the weights of a block. */
    private void weigh(AttentionWindows block) {
        sequences.multiplyEach(Transpose.NT, block.q, block.k, extent.scale(), block.scores);
        mask.apply(block);
        kernels.softmax(block.weights, block.weights);
        if (dropout != null) {
            dropout.apply(block.block, block.weightRows, block.droppedRows);
        }
    }

    @Override
    public void backward() {
        boolean once = whole && extent.shared() == 1;
        if (!once) {
            keys.clearGradients();
            values.clearGradients();
        }
        float beta = once ? 0 : 1;
        float scaleOfKeys = once ? extent.scale() : 1;
        for (int i = 0; i < blocks.length; i++) {
            AttentionWindows block = blocks[i];
            if (!whole) {
                weigh(block);
            }
            for (Round r : rounds[i]) {
                sequences.multiplyEach(Transpose.TN, r.kept, r.dContext, 1, beta, r.dv);
            }
            weightGradients(block);
            sequences.multiplyEach(Transpose.NN, block.dScores, block.k, extent.scale(), block.dq);
            for (Round r : rounds[i]) {
                sequences.multiplyEach(Transpose.TN, r.dScores, r.q, scaleOfKeys, beta, r.dk);
            }
        }
        if (!once) {
            kernels.scale(extent.scale(), keys.gradients());
        }
    }

    private void weightGradients(AttentionWindows block) {
        sequences.multiplyEach(Transpose.NT, block.dContext, block.v, 1, block.dScores);
        if (dropout != null) {
            dropout.apply(block.block, block.dWeightRows, block.dWeightRows);
        }
        kernels.softmaxGradient(block.weights, block.dWeights, block.dWeights);
        for (int i = 0; dAdded != null && i < block.dScores.length; i++) {
            kernels.axpy(1, block.dScores[i], block.dAddends.part(i, dAdded));
        }
    }

    /** Returns the weights of the last forward call: (samples x heads x queries) x keys. */
    Matrix weights() {
        if (whole && extent.columns() == extent.keys()) {
            return blocks[0].dropped;
        }
        if (weights == null) {
            weights = Matrix.zeros(extent.pairs() * extent.queries(), extent.keys());
        }
        for (AttentionWindows block : blocks) {
            if (!whole) {
                weigh(block);
            }
            copy(block);
        }
        return weights;
    }

    private void copy(AttentionWindows windows) {
        Block block = windows.block;
        int row = 0;
        int seen = Math.min(extent.keys(), block.columns());
        for (int pair : block.pairs()) {
            for (int query = block.from(); query < block.to(); query++) {
                System.arraycopy(
                        windows.dropped.data(),
                        row++ * block.columns(),
                        weights.data(),
                        (pair * extent.queries() + query) * extent.keys(),
                        seen);
            }
        }
    }

    /** Returns the weights' mean over the heads: (samples x queries) x keys. */
    Matrix averageWeights() {
        int square = extent.queries() * extent.keys();
        if (average == null) {
            average = Matrix.zeros(extent.samples() * extent.queries(), extent.keys());
        }
        Arrays.fill(average.data(), 0);
        Matrix ofSamples = RowView.of(weights(), extent.heads() * square);
        for (int h = 0; h < extent.heads(); h++) {
            Matrix ofHead = Projection.columns(ofSamples, h * square, square);
            kernels.axpy(1f / extent.heads(), ofHead, RowView.of(average, square));
        }
        return average;
    }
}
