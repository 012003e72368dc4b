package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;

/** One of the layers that stand on each other: its states and its one or two directions. */
final class RecurrentLevel {

    private final Matrix outputs;
    private final Matrix dOutputs;
    private final DirectionPlan[] plans;
    private final Direction[] directions;
    private final LevelDropout dropout;
    private Matrix read;

    /**
     * @param active which rows have a step; null if all have
     */
    RecurrentLevel(Recurrent layer, int level, int steps, Workspace workspace, ActiveRows active) {
        Recurrence recurrence = layer.recurrence();
        int batch = workspace.batch();
        int state = recurrence.state();
        int rows = (steps + 2) * batch;
        boolean top = level == recurrence.layers() - 1;
        Matrix hidden = Matrix.zeros(rows, recurrence.width());
        Matrix dHidden = workspace.training() ? Matrix.zeros(rows, recurrence.width()) : null;
        outputs = hidden.rowRange(batch, rows - batch);
        dOutputs = dHidden == null ? null : dHidden.rowRange(batch, rows - batch);
        plans = new DirectionPlan[recurrence.directions()];
        directions = new Direction[plans.length];
        for (int d = 0; d < plans.length; d++) {
            plans[d] =
                    new DirectionPlan(
                            workspace,
                            layer.weights(level, d),
                            recurrence.units(),
                            steps,
                            d == 1,
                            recurrence.lastOutput() && top && active == null,
                            columns(hidden, d * state, state),
                            columns(dHidden, d * state, state),
                            active);
            directions[d] = layer.direction(plans[d]);
        }
        dropout =
                top || !workspace.training() || layer.dropout() == null
                        ? null
                        : new LevelDropout(layer.dropout(), workspace, active, outputs, dOutputs);
    }

    /** Returns the window onto some columns; null of null. */
    static Matrix columns(Matrix x, int from, int cols) {
        return x == null ? null : new Matrix(x.data(), x.offset() + from, x.rows(), cols, x.ld());
    }

    /** Computes all states, and returns what the layer above reads. */
    Matrix forward(Matrix inputs) {
        for (Direction direction : directions) {
            direction.forward(inputs);
        }
        read = dropout == null ? outputs : dropout.forward();
        return read;
    }

    /** Goes back from {@link #outputGradients}; dInputs, overwritten, is null if not wanted. */
    void backward(Matrix inputs, Matrix dInputs) {
        for (int d = 0; d < directions.length; d++) {
            directions[d].backward(inputs, d == 0 ? 0 : 1, dInputs);
        }
    }

    /** Makes gradients of the outputs of those of what the layer above read. */
    void backThroughDropout() {
        if (dropout != null) {
            dropout.backward();
        }
    }

    /** Returns the states after all steps, time-major. */
    Matrix outputs() {
        return outputs;
    }

    /** Returns what the layer above read in the last forward call. */
    Matrix read() {
        return read;
    }

    /** Returns where the gradient of {@link #outputs} goes before backward. */
    Matrix outputGradients() {
        return dOutputs;
    }

    /** Returns whether {@link #outputGradients} must hold zeros where there is no gradient. */
    boolean addsToGradients() {
        return directions[0].addsToGradients();
    }

    DirectionPlan plan(int direction) {
        return plans[direction];
    }

    Direction direction(int direction) {
        return directions[direction];
    }
}
