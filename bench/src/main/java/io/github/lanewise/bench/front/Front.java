package io.github.lanewise.bench.front;

import java.util.List;

/**
 * What comes before the last linear layers of a network: which samples it takes, and what it
 * computes of one. Depends on no library, so that workers of all libraries can share it.
 */
public sealed interface Front
        permits Plain, Convolutions, RowReader, Patches, ResNet, Tabular, Characters, Sequences {

    /** Returns the dimensions of a sample. */
    int[] input();

    /**
     * Returns the floating-point operations of each product and convolution for one sample, from
     * the first on.
     */
    List<Double> flops();

    /**
     * Returns whether the first product has parameters below it, whose gradient goes through it.
     */
    default boolean startsTrained() {
        return false;
    }

    /** Returns how many answers a sample has: one, or one for each of its steps. */
    default int answers() {
        return 1;
    }

    /** Returns the operations of a product of one row. */
    static double product(int in, int out) {
        return 2.0 * in * out;
    }
}
