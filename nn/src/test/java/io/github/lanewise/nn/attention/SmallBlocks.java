package io.github.lanewise.nn.attention;

/** Attention whose weights are computed in blocks though they are few. */
public final class SmallBlocks {

    private SmallBlocks() {}

    /** Returns the layer, with blocks of 32 queries of few pairs of a sample and a head. */
    public static MultiheadAttention of(MultiheadAttention layer) {
        return layer.limits(new AttentionBlocks(0, 3 * 32 * 75));
    }
}
