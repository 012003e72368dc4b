package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;

/**
 * Where the sequences of one direction begin and end, each at a time of its own, in slots of
 * states; carries states from there to matrices of a row for each sample, and back.
 *
 * <p>A sample of length n starts from slot 0 and ends in slot n, or backwards starts from slot n +
 * 1 and ends in slot 1.
 */
record SequenceEnds(ActiveRows active, boolean reverse, int batch) {

    private int initial(int sample) {
        return (reverse ? active.length(sample) + 1 : 0) * batch + active.row(sample);
    }

    private int last(int sample) {
        return (reverse ? 1 : active.length(sample)) * batch + active.row(sample);
    }

    void writeInitial(Matrix states, Matrix slots) {
        for (int i = 0; i < batch; i++) {
            copy(states, i, slots, initial(i));
        }
    }

    void readInitial(Matrix slots, Matrix states) {
        for (int i = 0; i < batch; i++) {
            copy(slots, initial(i), states, i);
        }
    }

    void readLast(Matrix slots, Matrix states) {
        for (int i = 0; i < batch; i++) {
            copy(slots, last(i), states, i);
        }
    }

    /** Adds to the slots in which the samples end. */
    void addToLast(Matrix states, Matrix slots) {
        for (int i = 0; i < batch; i++) {
            int from = states.offset() + i * states.ld();
            int to = slots.offset() + last(i) * slots.ld();
            for (int j = 0; j < states.cols(); j++) {
                slots.data()[to + j] += states.data()[from + j];
            }
        }
    }

    /** Brings the samples' states into the order of rows. */
    void sort(Matrix states, Matrix rows) {
        for (int i = 0; i < batch; i++) {
            copy(states, i, rows, active.row(i));
        }
    }

    /** Brings rows back into the samples' order. */
    void unsort(Matrix rows, Matrix states) {
        for (int i = 0; i < batch; i++) {
            copy(rows, active.row(i), states, i);
        }
    }

    private static void copy(Matrix from, int fromRow, Matrix to, int toRow) {
        System.arraycopy(
                from.data(),
                from.offset() + fromRow * from.ld(),
                to.data(),
                to.offset() + toRow * to.ld(),
                to.cols());
    }
}
