package io.github.lanewise.nn.attention;

/**
 * What an attention is between: for each sample, heads x queries x keys weights.
 *
 * @param samples of a batch
 * @param heads of the queries
 * @param keyValueHeads of keys and values; divides the heads
 * @param width of a head, d
 * @param queries steps that ask
 * @param keys steps that are asked
 * @param causal whether query i must not see keys after i
 * @param unequal whether samples have keys of their own number
 */
record AttentionExtent(
        int samples,
        int heads,
        int keyValueHeads,
        int width,
        int queries,
        int keys,
        boolean causal,
        boolean unequal) {

    /** Columns of the causal scores come in so many: see {@link #columns()}. */
    private static final int STRIDE = 16;

    /** Returns the smallest multiple of 16 that is not less. */
    static int rounded(int keys) {
        return Math.ceilDiv(keys, STRIDE) * STRIDE;
    }

    /** Returns samples times heads. */
    int pairs() {
        return Math.multiplyExact(samples, heads);
    }

    /** Returns how many heads of queries share one of keys and values. */
    int shared() {
        return heads / keyValueHeads;
    }

    /**
     * Returns the columns of the scores. Causal ones, and those of sequences of unequal length,
     * have keys that nobody sees up to a multiple of 16: the strided sum of the softmax then adds
     * up a query's weights in an order that does not depend on how many keys come after those that
     * it sees, so that step by step gives the bits of the whole, and padding changes none.
     */
    int columns() {
        return causal || unequal ? rounded(keys) : keys;
    }

    /** Returns the columns that queries up to this one, exclusive, can see. */
    int columns(int queryEnd) {
        return causal ? Math.min(columns(), rounded(queryEnd)) : columns();
    }

    /** Returns the factor of the scores, 1 / sqrt(d). */
    float scale() {
        return (float) (1 / Math.sqrt(width));
    }
}
