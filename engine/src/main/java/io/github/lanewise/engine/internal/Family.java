package io.github.lanewise.engine.internal;

import java.util.Set;

/** The families of kernels, each of which goes over from scalar to SIMD on its own. */
public enum Family {
    PRODUCTS,
    /** Pointwise arithmetic, gathering and dropout. */
    POINTWISE,
    /** Activations and their gradients that no product takes over. */
    ACTIVATIONS,
    UPDATES,
    ROWS,
    NORMALIZATIONS,
    CELLS,
    IMAGES,
    LOSSES;

    /** Returns the families whose kernels calls of this one use besides their own. */
    public Set<Family> helpers() {
        return switch (this) {
            case CELLS -> Set.of(POINTWISE);
            case LOSSES -> Set.of(ROWS);
            default -> Set.of();
        };
    }
}
