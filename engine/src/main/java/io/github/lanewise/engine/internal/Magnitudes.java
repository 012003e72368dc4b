package io.github.lanewise.engine.internal;

/** Finds the largest magnitude of each position of an image. */
@FunctionalInterface
public interface Magnitudes {

    /** All bits of a float but its sign: as whole numbers, magnitudes have the same order. */
    int MASK = Integer.MAX_VALUE;

    /**
     * Sets the bits of the largest magnitude over some channels at each of n positions; NaN is
     * larger than infinity. Element n gets the largest of them, element n + 1 the smallest that is
     * not 0, or 0.
     *
     * @param x the image
     * @param at its first channel
     * @param largest n + 2 numbers
     */
    void of(float[] x, int at, int channels, int n, int[] largest);
}
