package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;

/**
 * What one direction of one recurrent layer works on.
 *
 * <p>Everything is time-major: a slot is the rows of one batch, and hidden states lie in steps + 2
 * slots, the states after step t in slot t + 1. Reading forward starts from slot 0, reading
 * backward from the last; so the states before all steps are again one window of the same matrix.
 * Of sequences of unequal length, {@link SequenceEnds} says where each starts and ends.
 *
 * @param workspace hands out the buffers
 * @param weights the parameters
 * @param units hidden units
 * @param steps of the sequence
 * @param reverse whether it reads backwards
 * @param lastAlone whether of all its outputs only the last is used
 * @param hidden (steps + 2) slots x hidden state, this direction's columns of the layer's states
 * @param dHidden the same of their gradients; null for inference
 * @param active which rows have a step; null if all have
 */
record DirectionPlan(
        Workspace workspace,
        RecurrentWeights weights,
        int units,
        int steps,
        boolean reverse,
        boolean lastAlone,
        Matrix hidden,
        Matrix dHidden,
        ActiveRows active) {

    int batch() {
        return workspace.batch();
    }

    /** Returns where sequences start and end; null if all at the same time. */
    SequenceEnds ends() {
        return active == null ? null : new SequenceEnds(active, reverse, batch());
    }

    /** Makes a buffer of so many gates for each step, in time-major rows. */
    Matrix gateBuffer(int gates) {
        return Matrix.zeros(steps * batch(), gates * units);
    }

    /** Returns step number s in the order of reading, as a point in time. */
    int time(int s) {
        return reverse ? steps - 1 - s : s;
    }

    /** Returns how many rows have a step, in the order of reading; null if all have. */
    int[] activeRows() {
        return active == null ? null : reverse ? active.backInTime() : active.inTime();
    }

    /** Returns the same in the order of going back. */
    int[] activeRowsBack() {
        return active == null ? null : reverse ? active.inTime() : active.backInTime();
    }

    /** Returns the states after all steps, of a matrix of steps + 2 slots. */
    Matrix after(Matrix slots) {
        return slots.rowRange(batch(), (steps + 1) * batch());
    }

    /** Returns the states before all steps. */
    Matrix before(Matrix slots) {
        int first = reverse ? 2 : 0;
        return slots.rowRange(first * batch(), (first + steps) * batch());
    }

    /** Returns the states from which reading starts, of sequences of equal length. */
    Matrix initial(Matrix slots) {
        int slot = reverse ? steps + 1 : 0;
        return slots.rowRange(slot * batch(), (slot + 1) * batch());
    }

    /** Returns the states at which reading ends, of sequences of equal length. */
    Matrix last(Matrix slots) {
        int slot = reverse ? 1 : steps;
        return slots.rowRange(slot * batch(), (slot + 1) * batch());
    }

    /** Returns the rows of one point in time of a matrix of {@code steps} slots. */
    Matrix at(Matrix rows, int time) {
        return rows.rowRange(time * batch(), (time + 1) * batch());
    }
}
