package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/** What an optimizer remembers of one parameter. */
final class OptimizerMemory {

    private final ParameterGroup group;
    private Matrix[] states = {};
    private int steps;

    OptimizerMemory(ParameterGroup group) {
        this.group = group;
    }

    /** Moves what is remembered to another group. */
    OptimizerMemory movedTo(ParameterGroup other) {
        OptimizerMemory moved = new OptimizerMemory(other);
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
}
