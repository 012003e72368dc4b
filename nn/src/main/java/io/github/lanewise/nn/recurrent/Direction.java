package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;

import java.util.Arrays;

/**
 * One direction of one recurrent layer: one product of all inputs with their weights, then for each
 * step one of the hidden states, and the gates.
 */
abstract class Direction {

    final DirectionPlan plan;
    final Kernels kernels;
    private final Matrix inputWeight;
    private final Matrix hiddenWeight;
    private final Matrix hiddenBefore;
    private final Matrix hiddenAfter;
    private final Matrix dHiddenAfter;
    private final Matrix initialGradient;
    final SequenceEnds ends;
    private final HiddenEnds hiddenEnds;

    Direction(DirectionPlan plan) {
        this.plan = plan;
        kernels = plan.workspace().kernels();
        inputWeight = plan.weights().input().value();
        hiddenWeight = plan.weights().hidden().value();
        hiddenBefore = plan.before(plan.hidden());
        hiddenAfter = plan.after(plan.hidden());
        dHiddenAfter = plan.dHidden() == null ? null : plan.after(plan.dHidden());
        ends = plan.ends();
        hiddenEnds = HiddenEnds.of(plan, ends);
        initialGradient = plan.dHidden() == null ? null : plan.initial(plan.dHidden());
    }

    /** Returns where the sums over the inputs go: steps slots x (gates x units). */
    abstract Matrix sums();

    /** Returns their gradients. */
    abstract Matrix dSums();

    /** Returns the gradients of the sums over hidden units; the same where sums are just added. */
    Matrix dHiddenSums() {
        return dSums();
    }

    /** Returns the bias of the sums over the inputs, after taking in the parameters' values. */
    abstract Epilogue inputBias();

    /** Returns the forward steps in the order of reading, the sums over the inputs being there. */
    abstract TimeSteps forwardSteps();

    /**
     * Returns the steps back, from gradients of hidden states to those of sums and of earlier
     * states; null for inference.
     */
    abstract TimeSteps backwardSteps();

    /**
     * Makes the forward steps.
     *
     * @param cells in the order of reading
     * @param sums receive the products of hidden states and their weights, time-major
     * @param beta 1 to add to the sums that are there, 0 to overwrite them
     * @param epilogue may add a bias
     */
    final TimeSteps forward(Cell[] cells, Matrix sums, float beta, Epilogue epilogue) {
        Matrix[] hidden = new Matrix[cells.length];
        Matrix[] products = new Matrix[cells.length];
        for (int s = 0; s < cells.length; s++) {
            hidden[s] = plan.at(hiddenBefore, plan.time(s));
            products[s] = plan.at(sums, plan.time(s));
        }
        return TimeSteps.forward(hidden, hiddenWeight, beta, products, epilogue, cells)
                .rows(plan.activeRows());
    }

    /**
     * Makes the steps back.
     *
     * @param cells in the order of reading
     * @param dSums gradients of the sums over hidden units, time-major
     */
    final TimeSteps backward(Cell[] cells, Matrix dSums) {
        int count = cells.length;
        Cell[] reversed = new Cell[count];
        Matrix[] gradients = new Matrix[count];
        Matrix[] products = new Matrix[count];
        for (int s = 0; s < count; s++) {
            int t = plan.time(count - 1 - s);
            reversed[s] = cells[count - 1 - s];
            gradients[s] = plan.at(dSums, t);
            products[s] = plan.at(plan.before(plan.dHidden()), t);
        }
        float beta = addsToGradients() ? 1 : 0;
        return TimeSteps.backward(reversed, gradients, hiddenWeight, beta, products)
                .rows(plan.activeRowsBack());
    }

    /** Returns whether what comes back is added to gradients of hidden states that are there. */
    boolean addsToGradients() {
        return !plan.lastAlone();
    }

    /** Prepares for {@link #forwardSteps}, the sums over the inputs being there. */
    void beginForward() {}

    /** Sees to what {@link #forwardSteps} left. */
    void endForward() {}

    /** Prepares for {@link #backwardSteps}. */
    void beginBackward() {}

    /** Sees to what {@link #backwardSteps} left, before products are made of it. */
    void endBackward() {}

    /** Computes all hidden states from time-major inputs. */
    final void forward(Matrix inputs) {
        kernels.gemm(Transpose.NN, inputs, inputWeight, 0, sums(), inputBias());
        if (ends != null) {
            plan.active().clearOthers(hiddenAfter);
            hiddenEnds.begin(plan.hidden());
        }
        beginForward();
        kernels.sequences().run(forwardSteps());
        endForward();
        if (ends != null) {
            hiddenEnds.end(plan.hidden());
        }
    }

    /**
     * Goes back through all steps.
     *
     * @param inputs of the forward call
     * @param beta 0 to overwrite dInputs, 1 to add to them
     * @param dInputs receives the gradient with respect to the inputs; null if not wanted
     */
    final void backward(Matrix inputs, float beta, Matrix dInputs) {
        if (addsToGradients()) {
            clear(initialGradient);
        }
        hiddenEnds.beginBackward(kernels, plan.dHidden());
        beginBackward();
        kernels.sequences().run(backwardSteps());
        if (ends != null) {
            hiddenEnds.endBackward(plan.dHidden());
            plan.active().clearOthers(dHiddenAfter);
            plan.active().clearOthers(dSums());
            plan.active().clearOthers(dHiddenSums());
        }
        endBackward();
        add(plan.weights().input(), inputs, dSums());
        add(plan.weights().hidden(), hiddenBefore, dHiddenSums());
        if (plan.weights().inputBias() != null) {
            addBiasGradients(plan.weights().inputBias(), plan.weights().hiddenBias());
        }
        if (dInputs != null) {
            kernels.gemm(Transpose.NT, dSums(), inputWeight, beta, dInputs, Epilogue.NONE);
        }
    }

    final void add(Param weight, Matrix inputs, Matrix dSums) {
        if (!weight.isTrainable()) {
            return;
        }
        kernels.gemm(
                Transpose.TN,
                inputs,
                dSums,
                weight.accumulator().nextBeta(),
                weight.gradient(),
                Epilogue.NONE);
    }

    /** Adds the sums of columns; those of cells that just add the two biases are the same. */
    private void addBiasGradients(Param inputBias, Param hiddenBias) {
        float beta = inputBias.accumulator().nextBeta();
        float hiddenBeta = hiddenBias.accumulator().nextBeta();
        boolean same = inputBias.isTrainable() && dHiddenSums() == dSums();
        if (inputBias.isTrainable()) {
            kernels.columnSums(dSums(), beta, inputBias.gradient());
        }
        if (same && beta == 0 && hiddenBeta == 0) {
            kernels.activate(Activation.IDENTITY, inputBias.gradient(), hiddenBias.gradient());
        } else if (hiddenBias.isTrainable()) {
            kernels.columnSums(dHiddenSums(), hiddenBeta, hiddenBias.gradient());
        }
    }

    /** Returns the hidden states before and after the sequences, and their gradients. */
    final HiddenEnds hiddenEnds() {
        return hiddenEnds;
    }

    /** Returns the cell state before the sequence; only an {@link LSTM} has one. */
    Matrix initialCellState() {
        throw noCellState();
    }

    /** Returns the cell state after the sequence. */
    Matrix lastCellState() {
        throw noCellState();
    }

    /** Returns the gradient of the last cell state, zeros until somebody writes into it. */
    Matrix lastCellStateGradient() {
        throw noCellState();
    }

    /** Returns the gradient of the initial cell state, there after backward. */
    Matrix initialCellStateGradient() {
        throw noCellState();
    }

    private static IllegalStateException noCellState() {
        return new IllegalStateException(
                "cell state: the layer has only hidden states; only an LSTM has a cell state");
    }

    /** Sets all elements to 0. */
    static void clear(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            int at = x.offset() + i * x.ld();
            Arrays.fill(x.data(), at, at + x.cols(), 0f);
        }
    }
}
