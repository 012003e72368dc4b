package io.github.lanewise.engine.internal;

/** What becomes of a block of a product as soon as its sums are complete, while it is in cache. */
@FunctionalInterface
public interface BlockEnd {

    /** Leaves the block as it is. */
    BlockEnd NOTHING = (i, j, m, n) -> {};

    /**
     * Takes over rows [i, i + m) and columns [j, j + n) of the product, which nobody reads or
     * writes afterwards; each element is in one block.
     */
    void done(int i, int j, int m, int n);
}
