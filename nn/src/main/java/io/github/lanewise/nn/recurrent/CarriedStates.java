package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.nn.StepPosition;
import io.github.lanewise.nn.Workspace;

/** Makes the last states of one call the initial ones of the next, where steps come one by one. */
final class CarriedStates {

    private final RecurrentPass pass;
    private final Recurrent layer;
    private final Kernels kernels;
    private final StepPosition position;

    private CarriedStates(RecurrentPass pass, Recurrent layer, Workspace workspace) {
        this.pass = pass;
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.position = workspace.stepPosition();
    }

    /**
     * Makes those of a pass.
     *
     * @return null if the pass is given whole sequences
     * @throws IllegalArgumentException if the layer cannot be given steps one by one
     */
    static CarriedStates of(RecurrentPass pass, Recurrent layer, int steps, Workspace workspace) {
        if (workspace.stepPosition() == null) {
            return null;
        }
        if (layer.recurrence().bidirectional() || steps != 1) {
            throw new IllegalArgumentException(
                    "%s: it reads backwards, or %s steps at once, so it cannot go step by step"
                            .formatted(layer, steps));
        }
        return new CarriedStates(pass, layer, workspace);
    }

    /** Prepares for the next step: zeros for the first, else what the last one left. */
    void carry() {
        for (int level = 0; level < layer.recurrence().layers(); level++) {
            if (position.step() == 0) {
                Direction.clear(pass.initialHidden(level, 0));
            } else {
                kernels.activate(
                        Activation.IDENTITY,
                        pass.lastHidden(level, 0),
                        pass.initialHidden(level, 0));
            }
            if (layer instanceof LSTM && position.step() == 0) {
                Direction.clear(pass.initialCellState(level, 0));
            } else if (layer instanceof LSTM) {
                kernels.activate(
                        Activation.IDENTITY,
                        pass.lastCellState(level, 0),
                        pass.initialCellState(level, 0));
            }
        }
    }
}
