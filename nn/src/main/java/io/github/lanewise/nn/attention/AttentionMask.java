package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.attention.AttentionBlocks.Block;

import java.util.Arrays;

/**
 * Sets the scores of what must not be seen to minus infinity, so that its weight is exactly 0, and
 * adds what a program adds to scores.
 */
final class AttentionMask {

    private static final float HIDDEN = Float.NEGATIVE_INFINITY;

    private final Kernels kernels;
    private final AttentionExtent extent;

    /** By sample: starts and ends of the keys that nobody must see, in turn; null for none. */
    private int[][] ignored;

    /** How many keys of each sample there are; null if all. */
    private final Lengths lengths;

    private Matrix added;

    /** By pair: all that is added to its scores; null for nothing. */
    private Matrix[] addedToPair;

    AttentionMask(AttentionExtent extent, Lengths lengths, Kernels kernels) {
        this.lengths = lengths;
        this.extent = extent;
        this.kernels = kernels;
    }

    /** Sets which keys nobody must see, for each sample; null for none. */
    void keyPadding(boolean[][] mask) {
        if (mask == null) {
            ignored = null;
            return;
        }
        if (mask.length != extent.samples()) {
            throw wrongKeys(mask.length + " samples");
        }
        int[][] ranges = new int[mask.length][];
        for (int i = 0; i < mask.length; i++) {
            if (mask[i].length != extent.keys()) {
                throw wrongKeys("%s keys in sample %s".formatted(mask[i].length, i));
            }
            ranges[i] = ranges(mask[i]);
        }
        ignored = ranges;
    }

    private static int[] ranges(boolean[] flags) {
        int[] ranges = new int[flags.length + 1];
        int count = 0;
        for (int j = 0; j < flags.length; j++) {
            if (flags[j] != (count % 2 == 1)) {
                ranges[count++] = j;
            }
        }
        if (count % 2 == 1) {
            ranges[count++] = flags.length;
        }
        return Arrays.copyOf(ranges, count);
    }

    private IllegalArgumentException wrongKeys(String got) {
        return new IllegalArgumentException(
                "keyPaddingMask: %s; the pass was bound to %s samples of %s keys"
                        .formatted(got, extent.samples(), extent.keys()));
    }

    /**
     * Sets what is added to the scores; null for nothing.
     *
     * @param mask queries x keys for all, or as many for each head, or for each sample and head,
     *     one after another
     */
    void add(Matrix mask) {
        added = null;
        addedToPair = null;
        if (mask == null) {
            return;
        }
        int sets = mask.rows() / extent.queries();
        boolean fits = mask.rows() == sets * extent.queries() && mask.cols() == extent.keys();
        if (!fits || !(sets == 1 || sets == extent.heads() || sets == extent.pairs())) {
            throw new IllegalArgumentException(
                    "attnMask: mask is %s; it must be %sx%s, or that %s times (heads) or %s times (samples x heads)"
                            .formatted(
                                    mask.shape(),
                                    extent.queries(),
                                    extent.keys(),
                                    extent.heads(),
                                    extent.pairs()));
        }
        Matrix[] windows = new Matrix[extent.pairs()];
        for (int pair = 0; pair < windows.length; pair++) {
            int from = pair % sets * extent.queries();
            windows[pair] = mask.rowRange(from, from + extent.queries());
        }
        addedToPair = windows;
    }

    /**
     * Sets what is added to the scores of each sample; a batch with a row for each. Allocates when
     * it is another matrix than last time.
     *
     * @param ofHeads whether a row has queries x keys for each head, or once
     */
    void addOfSamples(Matrix batch, boolean ofHeads) {
        if (batch == added) {
            return;
        }
        Matrix[] windows = new Matrix[extent.pairs()];
        for (int pair = 0; pair < windows.length; pair++) {
            int head = ofHeads ? pair % extent.heads() : 0;
            int at = batch.offset() + pair / extent.heads() * batch.ld();
            at += head * extent.queries() * extent.keys();
            int keys = extent.keys();
            windows[pair] = new Matrix(batch.data(), at, extent.queries(), keys, keys);
        }
        addedToPair = windows;
        added = batch;
    }

    /** Applies it to the scores of a block: a row for each of its pairs and queries. */
    void apply(AttentionWindows windows) {
        Block block = windows.block;
        if (addedToPair != null) {
            for (int i = 0; i < windows.scores.length; i++) {
                kernels.axpy(1, windows.addends.part(i, addedToPair), windows.scores[i]);
            }
        }
        boolean padded = block.columns() > extent.keys();
        if (!extent.causal() && !padded && ignored == null && lengths == null) {
            return;
        }
        int columns = block.columns();
        float[] data = windows.weights.data();
        int row = windows.weights.offset();
        for (int pair : block.pairs()) {
            int[] ranges = ignored == null ? null : ignored[pair / extent.heads()];
            int keys = lengths == null ? extent.keys() : lengths.at(pair / extent.heads());
            for (int query = block.from(); query < block.to(); query++) {
                int visible = Math.min(extent.causal() ? Math.min(query + 1, keys) : keys, columns);
                Arrays.fill(data, row + visible, row + columns, HIDDEN);
                hide(data, row, columns, ranges);
                row += columns;
            }
        }
    }

    private static void hide(float[] data, int row, int columns, int[] ranges) {
        for (int i = 0; ranges != null && i < ranges.length; i += 2) {
            int from = Math.min(ranges[i], columns);
            Arrays.fill(data, row + from, row + Math.min(ranges[i + 1], columns), HIDDEN);
        }
    }
}
