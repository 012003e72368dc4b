package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * The cell state of an {@link LSTM} before and after the sequences of one direction, a row for each
 * sample, and its gradient: windows onto slots, or, of sequences of unequal length, matrices of
 * their own. Going back, one matrix of rows carries the gradient from step to step.
 */
final class CellStateEnds {

    private final SequenceEnds ends;
    private final Matrix slots;
    private final Matrix initial;
    private final Matrix last;
    private final Matrix carried;
    private final Matrix lastGradient;
    private final Matrix initialGradient;

    CellStateEnds(DirectionPlan plan, SequenceEnds ends) {
        int batch = plan.batch();
        int units = plan.units();
        boolean training = plan.workspace().training();
        this.ends = ends;
        slots = Matrix.zeros((plan.steps() + 2) * batch, units);
        initial = ends == null ? plan.initial(slots) : Matrix.zeros(batch, units);
        last = ends == null ? plan.last(slots) : Matrix.zeros(batch, units);
        carried = training ? Matrix.zeros(batch, units) : null;
        lastGradient = training ? Matrix.zeros(batch, units) : null;
        initialGradient = training && ends != null ? Matrix.zeros(batch, units) : carried;
    }

    /** Returns the cell states in steps + 2 slots. */
    Matrix slots() {
        return slots;
    }

    /** Returns the gradient of the cell state of the step that is gone back through. */
    Matrix carried() {
        return carried;
    }

    void beginForward() {
        if (ends != null) {
            ends.writeInitial(initial, slots);
        }
    }

    void endForward() {
        if (ends != null) {
            ends.readLast(slots, last);
        }
    }

    void beginBackward(Kernels kernels) {
        if (ends == null) {
            kernels.activate(Activation.IDENTITY, lastGradient, carried);
        } else {
            ends.sort(lastGradient, carried);
        }
    }

    void endBackward() {
        if (ends != null) {
            ends.unsort(carried, initialGradient);
        }
    }

    Matrix initial() {
        return initial;
    }

    Matrix last() {
        return last;
    }

    Matrix lastGradient() {
        return lastGradient;
    }

    Matrix initialGradient() {
        return initialGradient;
    }
}
