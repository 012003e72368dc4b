package io.github.lanewise.engine.internal;

/** The families of kernels, each of which goes over from scalar to SIMD on its own. */
public enum Family {
    PRODUCTS,
    POINTWISE,
    UPDATES,
    ROWS,
    NORMALIZATIONS,
    CELLS,
    IMAGES,
    LOSSES
}
