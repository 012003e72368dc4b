package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;

/** Calls a family's kernels on small operands, each of their branches at least once. */
interface Exercise {

    /** Calls of each short kernel in a round, so that a race takes longer than the clock's tick. */
    int TURNS = 4;

    /** Runs all of the family's kernels with loops of about so many turns. */
    void run(KernelSet set, int length);

    /**
     * Returns whether each kernel takes so much of a round, while it is not compiled, that the time
     * of a round tells when the last one is.
     */
    default boolean isEven() {
        return false;
    }

    /** Makes an operand of values from 0 to 1: no subnormal or NaN slows the race. */
    static Matrix operand(int rows, int cols) {
        Matrix x = Matrix.zeros(rows, cols);
        for (int at = 0; at < x.size(); at++) {
            x.data()[at] = at % 17 / 16f;
        }
        return x;
    }
}
