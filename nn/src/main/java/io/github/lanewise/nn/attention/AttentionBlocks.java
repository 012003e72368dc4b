package io.github.lanewise.nn.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the weights of an attention are cut into blocks, so that they need memory that is linear in
 * the number of steps. Up to {@code whole} numbers they are one block, which is kept for the way
 * back; of more, a block holds about {@code budget}, and is computed again on the way back.
 *
 * <p>No bit depends on it: a row of weights is always computed at once, and a sum over queries goes
 * on where the last block left it.
 *
 * @param whole the most weights that are one block
 * @param budget weights of a block where there are several
 */
record AttentionBlocks(int whole, int budget) {

    /** Blocks of 4 MiB, which some threads find in their caches. */
    static final AttentionBlocks USUAL = new AttentionBlocks(1 << 22, 1 << 20);

    private static final int LEAST_QUERIES = 32;
    private static final int MOST_QUERIES = 128;
    private static final int PAIRS = 16;

    /**
     * A block: some queries of some pairs of a sample and a head.
     *
     * @param pairs numbers of pairs, sample x heads + head
     * @param from the first query
     * @param to after the last query
     * @param columns of its scores
     */
    record Block(int[] pairs, int from, int to, int columns) {

        int rows() {
            return pairs.length * (to - from);
        }
    }

    boolean isWhole(AttentionExtent extent) {
        return (long) extent.pairs() * extent.queries() * extent.columns() <= whole;
    }

    /**
     * Returns the blocks in order. Of several, those of the first head of each shared key come
     * first, then those of the second, so that the gradients of keys add up in the same order.
     *
     * @param cut whether to leave out keys that no query of a block sees
     */
    List<Block> of(AttentionExtent extent, boolean cut) {
        if (isWhole(extent)) {
            int[] all = new int[extent.pairs()];
            Arrays.setAll(all, pair -> pair);
            return List.of(new Block(all, 0, extent.queries(), extent.columns()));
        }
        int keys = extent.columns();
        int most = Math.clamp(budget / PAIRS / keys, LEAST_QUERIES, MOST_QUERIES);
        int queries = Math.min(extent.queries(), most);
        int pairs = Math.max(1, budget / Math.multiplyExact(queries, keys));
        List<Block> blocks = new ArrayList<>();
        for (int round = 0; round < extent.shared(); round++) {
            int[] all = pairsOf(extent, round);
            for (int first = 0; first < all.length; first += pairs) {
                int end = Math.min(all.length, first + pairs);
                int[] some = Arrays.copyOfRange(all, first, end);
                for (int from = 0; from < extent.queries(); from += queries) {
                    int to = Math.min(extent.queries(), from + queries);
                    blocks.add(new Block(some, from, to, cut ? extent.columns(to) : keys));
                }
            }
        }
        return blocks;
    }

    /** Returns the pairs whose heads are the n-th of those that share their keys. */
    static int[] pairsOf(AttentionExtent extent, int n) {
        int[] pairs = new int[extent.samples() * extent.keyValueHeads()];
        Arrays.setAll(pairs, i -> i * extent.shared() + n);
        return pairs;
    }
}
