package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;

/** One of the layers that stand on each other: its states and its one or two directions. */
final class RecurrentLevel {

    private final Matrix dHidden;
    private final Matrix outputs;
    private final Matrix dOutputs;
    private final DirectionPlan[] plans;
    private final Direction[] directions;
    private final Matrix[] lastGradients;
    private final Matrix[] dLast;
    private final Kernels kernels;

    RecurrentLevel(Recurrent layer, int level, int steps, Workspace workspace) {
        Recurrence recurrence = layer.recurrence();
        int batch = workspace.batch();
        int units = recurrence.units();
        int rows = (steps + 2) * batch;
        Matrix hidden = Matrix.zeros(rows, recurrence.width());
        dHidden = workspace.training() ? Matrix.zeros(rows, recurrence.width()) : null;
        outputs = hidden.rowRange(batch, rows - batch);
        dOutputs = dHidden == null ? null : dHidden.rowRange(batch, rows - batch);
        plans = new DirectionPlan[recurrence.directions()];
        directions = new Direction[plans.length];
        lastGradients = new Matrix[plans.length];
        dLast = new Matrix[plans.length];
        kernels = workspace.kernels();
        for (int d = 0; d < plans.length; d++) {
            plans[d] =
                    new DirectionPlan(
                            workspace,
                            layer.weights(level, d),
                            units,
                            steps,
                            d == 1,
                            recurrence.lastOutput() && level == recurrence.layers() - 1,
                            columns(hidden, d * units, units),
                            columns(dHidden, d * units, units));
            directions[d] = layer.direction(plans[d]);
            if (dHidden != null) {
                lastGradients[d] = Matrix.zeros(batch, units);
                dLast[d] = plans[d].last(plans[d].dHidden());
            }
        }
    }

    /** Returns the window onto some columns; null of null. */
    static Matrix columns(Matrix x, int from, int cols) {
        return x == null ? null : new Matrix(x.data(), x.offset() + from, x.rows(), cols, x.ld());
    }

    void forward(Matrix inputs) {
        for (Direction direction : directions) {
            direction.forward(inputs);
        }
    }

    /** Goes back from {@link #outputGradients}; dInputs, overwritten, is null if not wanted. */
    void backward(Matrix inputs, Matrix dInputs) {
        for (int d = 0; d < directions.length; d++) {
            kernels.axpy(1, lastGradients[d], dLast[d]);
            directions[d].backward(inputs, d == 0 ? 0 : 1, dInputs);
        }
    }

    /** Returns the states after all steps, time-major. */
    Matrix outputs() {
        return outputs;
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

    /** Returns the gradient of the last hidden state, zeros until somebody writes into it. */
    Matrix lastGradient(int direction) {
        return lastGradients[direction];
    }
}
