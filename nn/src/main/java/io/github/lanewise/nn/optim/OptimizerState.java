package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.Arrays;

/** What an optimizer remembers of one parameter. */
final class OptimizerState {

    /** More than any rule has; a file that says more is refused. */
    private static final int MOST_STATES = 16;

    private final ParameterGroup group;
    private Matrix[] states = {};
    private int steps;
    private UsedRowsUpdate usedRows;

    OptimizerState(ParameterGroup group) {
        this.group = group;
    }

    /** Moves what is remembered to another group. */
    OptimizerState movedTo(ParameterGroup other) {
        OptimizerState moved = new OptimizerState(other);
        moved.states = states;
        moved.steps = steps;
        return moved;
    }

    ParameterGroup group() {
        return group;
    }

    /** Returns the arrays, as many as the rule has. */
    Matrix[] states() {
        return states;
    }

    /** Returns what updates some rows alone. */
    UsedRowsUpdate usedRowsUpdate() {
        if (usedRows == null) {
            usedRows = new UsedRowsUpdate();
        }
        return usedRows;
    }

    /** Counts a step and returns its number, from 1. */
    int nextStep() {
        return ++steps;
    }

    /** Adds or drops the last arrays; where there were none, the count of steps restarts. */
    void resize(int count, Matrix like, Optimizer optimizer) {
        if (states.length == count) {
            return;
        }
        if (states.length == 0) {
            steps = 0;
        }
        int old = states.length;
        states = Arrays.copyOf(states, count);
        for (int i = old; i < count; i++) {
            states[i] = Matrix.zeros(like.rows(), like.cols());
            Arrays.fill(states[i].data(), optimizer.initialState(i));
        }
    }

    void save(StateWriter out) {
        out.put("steps", steps);
        out.put("states", states.length);
        for (int i = 0; i < states.length; i++) {
            out.put("state" + i, states[i]);
        }
    }

    void load(StateReader in, Matrix like) throws IOException {
        int count = in.get("states").asInt();
        if (count < 0 || count > MOST_STATES) {
            throw in.get("states").expected("0 to " + MOST_STATES);
        }
        steps = in.get("steps").asInt();
        states = new Matrix[count];
        for (int i = 0; i < count; i++) {
            states[i] = Matrix.zeros(like.rows(), like.cols());
            in.read("state" + i, states[i]);
        }
    }
}
