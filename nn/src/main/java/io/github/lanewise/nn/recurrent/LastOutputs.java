package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/** The last hidden states of the top layer, side by side, and their gradient. */
final class LastOutputs {

    private final Kernels kernels;
    private final RecurrentLevel level;
    private final Matrix[] states;
    private final Matrix[] outputs;
    private final Matrix[] stateGradients;
    private final Matrix[] gradients;
    private Matrix outputGradient;

    LastOutputs(Kernels kernels, RecurrentLevel level, Matrix outputs) {
        this.kernels = kernels;
        this.level = level;
        int units = level.plan(0).units();
        int directions = outputs.cols() / units;
        states = new Matrix[directions];
        stateGradients = new Matrix[directions];
        gradients = new Matrix[directions];
        this.outputs = new Matrix[directions];
        for (int d = 0; d < directions; d++) {
            DirectionPlan plan = level.plan(d);
            states[d] = plan.last(plan.hidden());
            stateGradients[d] = plan.dHidden() == null ? null : plan.last(plan.dHidden());
            this.outputs[d] = RecurrentLevel.columns(outputs, d * units, units);
        }
    }

    void forward() {
        for (int d = 0; d < states.length; d++) {
            kernels.activate(Activation.IDENTITY, states[d], outputs[d]);
        }
    }

    void backward(Matrix outputGradient) {
        if (outputGradient != this.outputGradient) {
            this.outputGradient = outputGradient;
            int units = states[0].cols();
            for (int d = 0; d < states.length; d++) {
                gradients[d] = RecurrentLevel.columns(outputGradient, d * units, units);
            }
        }
        if (level.addsToGradients()) {
            Direction.clear(level.outputGradients());
        }
        for (int d = 0; d < states.length; d++) {
            kernels.activate(Activation.IDENTITY, gradients[d], stateGradients[d]);
        }
    }
}
