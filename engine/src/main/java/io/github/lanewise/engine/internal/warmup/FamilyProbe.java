package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.List;

/**
 * A family's kernels on small operands, each of their branches at least once: one {@link
 * CompilationProbe} for each, since only the time of a kernel by itself tells whether that one is
 * compiled.
 */
interface FamilyProbe {

    /** Calls of a short kernel in a round, so that it takes longer than the clock's tick. */
    int TURNS = 4;

    /** Calls of one kernel. */
    @FunctionalInterface
    interface Kernel {

        /** Runs it with loops of about so many turns. */
        void run(KernelSet set, int length);

        /** Returns the same, several times over. */
        default Kernel repeated() {
            return (set, length) -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    run(set, length);
                }
            };
        }
    }

    /** Returns all of the family's kernels. */
    List<Kernel> kernels();

    /** Makes an operand of values from 0 to 1: no subnormal or NaN slows a round. */
    static Matrix operand(int rows, int cols) {
        Matrix x = Matrix.zeros(rows, cols);
        for (int at = 0; at < x.size(); at++) {
            x.data()[at] = at % 17 / 16f;
        }
        return x;
    }

    /** Returns all rows of an operand, so many columns of each. */
    static Matrix columns(Matrix x, int cols) {
        return new Matrix(x.data(), 0, x.rows(), cols, x.ld());
    }
}
