package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Update;

import java.util.Set;

/**
 * The families of kernels, each of which goes over from plain loops to SIMD on its own: the smaller
 * they are, the sooner a program has what it uses. They do so in this order, by the time that
 * programs lose in them until then.
 */
public enum Family {
    /** Products large enough for tiles. */
    PRODUCTS,
    /** Convolutions but Winograd's, and the gradients of any convolution's bias. */
    CONVOLUTIONS,
    /** Convolutions by Winograd's algorithm with eight points. */
    WINOGRAD_EIGHT,
    /** Convolutions by Winograd's algorithm with six points. */
    WINOGRAD_SIX,
    POOLS,
    /** Batch normalization. */
    CHANNELS,
    /** ReLU and its gradient, unless a product takes them over. */
    RELU,
    CELLS,
    NORMALIZATIONS,
    /** Softmax and its relatives. */
    ROWS,
    /** All other activations and their gradients, unless a product takes them over. */
    ACTIVATIONS,
    /** Pointwise arithmetic, gathering floats and dropout. */
    POINTWISE,
    /** Adam and AdamW. */
    ADAM,
    /** All updates but Adam's and gradient descent. */
    UPDATES,
    LOSSES,
    /** Products of few rows, columns or sums. */
    STRIPS,
    /** Sums and dot products, of columns or of all, and a row added to each. */
    SUMS,
    /** Softmax with cross-entropy. */
    CROSS_ENTROPY,
    /** Gathering bytes. */
    BYTES,
    /** Gradient descent. */
    DESCENT;

    private static final int FEW_ROWS = 8;

    private static final int FEW_COLUMNS = 16;

    /** Products of at most so many multiply-adds go in strips, without packing. */
    public static final long LITTLE = 8 * 1024;

    /** Returns the family of an m x n product of k sums, for the widest vectors. */
    public static Family ofProduct(int m, int k, int n) {
        boolean small = m < FEW_ROWS || n <= FEW_COLUMNS || (long) m * n * k <= LITTLE;
        return small ? STRIPS : PRODUCTS;
    }

    /** Returns the family of a convolution and its gradients. */
    public static Family of(Convolution shape) {
        WinogradPoints points = Winograd.points(shape);
        if (points == null) {
            return CONVOLUTIONS;
        }
        return points == WinogradPoints.SIX ? WINOGRAD_SIX : WINOGRAD_EIGHT;
    }

    /** Returns the family of an activation and its gradient. */
    public static Family of(Activation f) {
        return f.kind() == Activation.Kind.RELU ? RELU : ACTIVATIONS;
    }

    /** Returns the family of an update. */
    public static Family of(Update rule) {
        return switch (rule) {
            case Update.Sgd sgd -> DESCENT;
            case Update.Adam adam -> ADAM;
            default -> UPDATES;
        };
    }

    /**
     * Returns whether programs that use this family spend most of their time in it, and many times
     * as much on plain loops.
     */
    public boolean isHeavy() {
        return compareTo(CHANNELS) <= 0;
    }

    /**
     * Returns whether programs lose little by plain loops, which are nearly as fast or have little
     * to do.
     */
    public boolean isLight() {
        return compareTo(STRIPS) >= 0;
    }

    /** Returns the families whose kernels calls of this one use besides their own. */
    public Set<Family> helpers() {
        return switch (this) {
            case STRIPS, CONVOLUTIONS -> Set.of(PRODUCTS);
            case CELLS -> Set.of(POINTWISE);
            case LOSSES -> Set.of(ROWS, SUMS);
            default -> Set.of();
        };
    }
}
