package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Update;

import java.util.Set;

/**
 * The families of kernels, each of which goes over from plain loops to SIMD on its own: the smaller
 * they are, the sooner a program has what it uses.
 */
public enum Family {
    /** Products large enough for tiles. */
    PRODUCTS,
    /** Products of few rows, columns or sums. */
    STRIPS,
    /** Pointwise arithmetic, gathering floats and dropout. */
    POINTWISE,
    /** Gathering bytes. */
    BYTES,
    /** Activations and their gradients that no product takes over. */
    ACTIVATIONS,
    /** Gradient descent. */
    DESCENT,
    /** Adam and AdamW. */
    ADAM,
    /** All other updates. */
    UPDATES,
    /** Softmax and its relatives, and reductions. */
    ROWS,
    /** Softmax with cross-entropy. */
    CROSS_ENTROPY,
    /** Sums of columns, and a row added to each. */
    COLUMNS,
    NORMALIZATIONS,
    CELLS,
    IMAGES,
    LOSSES;

    private static final int FEW_ROWS = 8;

    private static final int FEW_COLUMNS = 16;

    /** Products of at most so many multiply-adds go in strips, without packing. */
    public static final long LITTLE = 8 * 1024;

    /** Returns the family of an m x n product of k sums, for the widest vectors. */
    public static Family ofProduct(int m, int k, int n) {
        boolean small = m < FEW_ROWS || n <= FEW_COLUMNS || (long) m * n * k <= LITTLE;
        return small ? STRIPS : PRODUCTS;
    }

    /** Returns the family of an update. */
    public static Family of(Update rule) {
        return switch (rule) {
            case Update.Sgd sgd -> DESCENT;
            case Update.Adam adam -> ADAM;
            default -> UPDATES;
        };
    }

    /** Returns the families whose kernels calls of this one use besides their own. */
    public Set<Family> helpers() {
        return switch (this) {
            case STRIPS -> Set.of(PRODUCTS);
            case CELLS -> Set.of(POINTWISE);
            case LOSSES -> Set.of(ROWS);
            default -> Set.of();
        };
    }
}
