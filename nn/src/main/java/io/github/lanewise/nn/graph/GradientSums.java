package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The gradient of each slot of a graph: the sum of what its takers give, in the order in which
 * backward reaches them: the outputs of the graph first, then the nodes from the last to the first,
 * and what one node takes twice in the order of its inputs. A sum of one is passed on as it is; the
 * others have a buffer.
 */
final class GradientSums {

    private final boolean[] needed;
    private final Kernels kernels;
    private final int[] terms;
    private final int[] added;
    private final Matrix[] buffers;
    private final Matrix[] current;

    /** Starts without terms; slots that are not needed stay without. */
    GradientSums(boolean[] needed, Kernels kernels) {
        this.needed = needed.clone();
        this.kernels = kernels;
        this.terms = new int[needed.length];
        this.added = new int[needed.length];
        this.buffers = new Matrix[needed.length];
        this.current = new Matrix[needed.length];
    }

    /** Counts a term that is to come in each backward pass. */
    void announce(int slot) {
        terms[slot]++;
    }

    /** Makes a buffer for each sum of more than one announced term. */
    void allocate(IntFunction<Matrix> buffer) {
        for (int slot = 0; slot < terms.length; slot++) {
            if (needed[slot] && terms[slot] > 1) {
                buffers[slot] = buffer.apply(slot);
            }
        }
    }

    void clear() {
        Arrays.fill(added, 0);
    }

    void add(int slot, Matrix gradient) {
        if (!needed[slot]) {
            return;
        }
        if (added[slot] == 0) {
            current[slot] = gradient;
        } else if (added[slot] == 1) {
            kernels.combine(Combination.ADD, current[slot], gradient, buffers[slot]);
            current[slot] = buffers[slot];
        } else {
            kernels.axpy(1, gradient, buffers[slot]);
        }
        added[slot]++;
    }

    /** Returns the sum; null for what is not needed. */
    Matrix take(int slot) {
        return current[slot];
    }
}
