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

    LastOutputs(Kernels kernels, RecurrentLevel level, Matrix outputs, int directions) {
        this.kernels = kernels;
        this.level = level;
        int width = outputs.cols() / directions;
        states = new Matrix[directions];
        stateGradients = new Matrix[directions];
        gradients = new Matrix[directions];
        this.outputs = new Matrix[directions];
        for (int d = 0; d < directions; d++) {
            DirectionPlan plan = level.plan(d);
            states[d] = level.direction(d).hiddenEnds().last();
            boolean inSlots = plan.dHidden() != null && plan.active() == null;
            stateGradients[d] = inSlots ? plan.last(plan.dHidden()) : null;
            this.outputs[d] = RecurrentLevel.columns(outputs, d * width, width);
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
            int width = states[0].cols();
            for (int d = 0; d < states.length; d++) {
                gradients[d] = RecurrentLevel.columns(outputGradient, d * width, width);
            }
        }
        if (level.addsToGradients()) {
            Direction.clear(level.outputGradients());
        }
        for (int d = 0; d < states.length; d++) {
            if (stateGradients[d] != null) {
                kernels.activate(Activation.IDENTITY, gradients[d], stateGradients[d]);
            } else {
                level.direction(d).ends.addToLast(gradients[d], level.plan(d).dHidden());
            }
        }
    }
}
