package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

import java.util.Objects;

/**
 * The pass of a {@link Recurrent} layer, with the states before and after the sequence. Where
 * sequences have {@link io.github.lanewise.nn.Lengths}, that is before the first and after the last
 * of the steps that count.
 *
 * <p>Initial states are zeros until somebody writes into them; they stay from call to call. Who
 * computes something from the last states writes its gradient into the {@code last...Gradient}
 * matrices before backward. States are batch x units; layers count from the bottom, from 0;
 * direction 0 reads forward, 1 backward.
 */
public final class RecurrentPass implements Pass {

    private final Recurrent layer;
    private final Kernels kernels;
    private final boolean training;
    private final TimeMajor inputTimes;
    private final TimeMajor outputTimes;
    private final RecurrentLevel[] levels;
    private final Matrix sequence;
    private final Matrix dSequence;
    private final Matrix outputs;
    private final Matrix outputRows;
    private final Matrix inputGradient;
    private final Matrix inputGradientRows;
    private final LastOutputs last;
    private final ActiveRows active;
    private final CarriedStates carried;
    private boolean ready;

    RecurrentPass(Recurrent layer, int steps, Workspace workspace) {
        this.layer = layer;
        Recurrence recurrence = layer.recurrence();
        kernels = workspace.kernels();
        training = workspace.training();
        int batch = workspace.batch();
        inputTimes = new TimeMajor(kernels, batch, steps, recurrence.inputs());
        outputTimes = new TimeMajor(kernels, batch, steps, recurrence.width());
        active = workspace.lengths() == null ? null : new ActiveRows(workspace.lengths());
        levels = new RecurrentLevel[recurrence.layers()];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = new RecurrentLevel(layer, level, steps, workspace, active);
        }
        sequence = Matrix.zeros(batch * steps, recurrence.inputs());
        Shape input = new Shape(steps, recurrence.inputs());
        outputs = workspace.buffer(layer.outputShape(input));
        inputGradient = workspace.inputGradientBuffer(input);
        outputRows = RowView.of(outputs, recurrence.width());
        inputGradientRows =
                inputGradient == null ? null : RowView.of(inputGradient, recurrence.inputs());
        dSequence = inputGradient == null ? null : Matrix.zeros(sequence.rows(), sequence.cols());
        carried = CarriedStates.of(this, layer, steps, workspace);
        int directions = recurrence.directions();
        last =
                recurrence.lastOutput()
                        ? new LastOutputs(kernels, top(), outputs, directions)
                        : null;
    }

    private RecurrentLevel top() {
        return levels[levels.length - 1];
    }

    @Override
    public Matrix forward(Matrix inputs) {
        if (active != null) {
            active.update();
            inputTimes.update(active);
            outputTimes.update(active);
        }
        if (carried != null) {
            carried.carry();
        }
        inputTimes.read(inputs, sequence);
        Matrix below = sequence;
        for (RecurrentLevel level : levels) {
            below = level.forward(below);
        }
        if (last != null) {
            last.forward();
        } else {
            writeOutputs();
        }
        ready = true;
        return outputs;
    }

    private void writeOutputs() {
        outputTimes.write(top().outputs(), outputRows);
        if (active != null) {
            active.clearPadding(outputs);
        }
    }

    private void readOutputGradient(Matrix outputGradient) {
        outputTimes.read(outputGradient, top().outputGradients());
        if (active != null) {
            active.clearOthers(top().outputGradients());
        }
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? layer : null);
        if (last != null) {
            last.backward(outputGradient);
        } else {
            readOutputGradient(outputGradient);
        }
        for (int l = levels.length - 1; l > 0; l--) {
            levels[l].backward(levels[l - 1].read(), levels[l - 1].outputGradients());
            levels[l - 1].backThroughDropout();
        }
        levels[0].backward(sequence, dSequence);
        if (inputGradient != null) {
            inputTimes.write(dSequence, inputGradientRows);
        }
        return inputGradient;
    }

    /** Returns the hidden state before the sequence; write into it to start from another. */
    public Matrix initialHidden(int layer, int direction) {
        return direction(layer, direction).hiddenEnds().initial();
    }

    /** Returns the hidden state after the sequence (a backward reader's: after step 0). */
    public Matrix lastHidden(int layer, int direction) {
        return direction(layer, direction).hiddenEnds().last();
    }

    /** Returns the gradient of {@link #lastHidden}, zeros until somebody writes into it. */
    public Matrix lastHiddenGradient(int layer, int direction) {
        requireTraining();
        return direction(layer, direction).hiddenEnds().lastGradient();
    }

    /** Returns the gradient of {@link #initialHidden}, as the last backward call left it. */
    public Matrix initialHiddenGradient(int layer, int direction) {
        requireTraining();
        return direction(layer, direction).hiddenEnds().initialGradient();
    }

    /**
     * Returns the cell state before the sequence; write into it to start from another.
     *
     * @throws IllegalStateException if the layer is no {@link LSTM}
     */
    public Matrix initialCellState(int layer, int direction) {
        return direction(layer, direction).initialCellState();
    }

    /**
     * Returns the cell state after the sequence.
     *
     * @throws IllegalStateException if the layer is no {@link LSTM}
     */
    public Matrix lastCellState(int layer, int direction) {
        return direction(layer, direction).lastCellState();
    }

    /**
     * Returns the gradient of {@link #lastCellState}, zeros until somebody writes into it.
     *
     * @throws IllegalStateException if the layer is no {@link LSTM}
     */
    public Matrix lastCellStateGradient(int layer, int direction) {
        requireTraining();
        return direction(layer, direction).lastCellStateGradient();
    }

    /**
     * Returns the gradient of {@link #initialCellState}, as the last backward call left it.
     *
     * @throws IllegalStateException if the layer is no {@link LSTM}
     */
    public Matrix initialCellStateGradient(int layer, int direction) {
        requireTraining();
        return direction(layer, direction).initialCellStateGradient();
    }

    private Direction direction(int level, int direction) {
        Objects.checkIndex(level, levels.length);
        Objects.checkIndex(direction, layer.recurrence().directions());
        return levels[level].direction(direction);
    }

    private void requireTraining() {
        Passes.requireForward(layer, training, layer);
    }
}
