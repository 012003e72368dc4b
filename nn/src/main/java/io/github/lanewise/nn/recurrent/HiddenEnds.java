package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * The hidden states before and after the sequences of one direction, a row for each sample, and
 * their gradients: windows onto its slots, or, of sequences of unequal length, matrices of their
 * own.
 */
final class HiddenEnds {

    private final SequenceEnds ends;
    private final Matrix initial;
    private final Matrix last;
    private final Matrix lastGradient;
    private final Matrix initialGradient;
    private final Matrix dLast;

    private HiddenEnds(
            SequenceEnds ends,
            Matrix initial,
            Matrix last,
            Matrix lastGradient,
            Matrix initialGradient,
            Matrix dLast) {
        this.ends = ends;
        this.initial = initial;
        this.last = last;
        this.lastGradient = lastGradient;
        this.initialGradient = initialGradient;
        this.dLast = dLast;
    }

    static HiddenEnds of(DirectionPlan plan, SequenceEnds ends) {
        Matrix hidden = plan.hidden();
        Matrix dHidden = plan.dHidden();
        int cols = hidden.cols();
        Matrix lastGradient = dHidden == null ? null : Matrix.zeros(plan.batch(), cols);
        if (ends == null) {
            return new HiddenEnds(
                    null,
                    plan.initial(hidden),
                    plan.last(hidden),
                    lastGradient,
                    dHidden == null ? null : plan.initial(dHidden),
                    dHidden == null ? null : plan.last(dHidden));
        }
        return new HiddenEnds(
                ends,
                Matrix.zeros(plan.batch(), cols),
                Matrix.zeros(plan.batch(), cols),
                lastGradient,
                dHidden == null ? null : Matrix.zeros(plan.batch(), cols),
                null);
    }

    /** Brings the initial states to their slots, of sequences of unequal length. */
    void begin(Matrix slots) {
        ends.writeInitial(initial, slots);
    }

    /** Takes the last states from their slots, of sequences of unequal length. */
    void end(Matrix slots) {
        ends.readLast(slots, last);
    }

    /** Adds the gradients of the last states to those in their slots. */
    void beginBackward(Kernels kernels, Matrix dSlots) {
        if (ends == null) {
            kernels.axpy(1, lastGradient, dLast);
        } else {
            ends.addToLast(lastGradient, dSlots);
        }
    }

    /** Takes the gradients of the initial states, of sequences of unequal length. */
    void endBackward(Matrix dSlots) {
        ends.readInitial(dSlots, initialGradient);
    }

    Matrix initial() {
        return initial;
    }

    Matrix last() {
        return last;
    }

    /** Returns the gradient of the last states, zeros until somebody writes into it. */
    Matrix lastGradient() {
        return lastGradient;
    }

    /** Returns the gradient of the initial states, there after backward. */
    Matrix initialGradient() {
        return initialGradient;
    }
}
