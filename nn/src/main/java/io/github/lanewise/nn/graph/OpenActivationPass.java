package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

/** Takes the gradient of an activation that the pass before has applied; forward does nothing. */
final class OpenActivationPass implements Pass {

    private final Activation function;
    private final Matrix inputGradient;
    private final Kernels kernels;
    private Matrix outputs;

    OpenActivationPass(Activation function, Matrix inputGradient, Workspace workspace) {
        this.function = function;
        this.inputGradient = inputGradient;
        this.kernels = workspace.kernels();
    }

    @Override
    public Matrix forward(Matrix inputs) {
        outputs = inputs;
        return inputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        if (inputGradient != null) {
            kernels.activateGradient(function, outputs, outputGradient, inputGradient);
        }
        return inputGradient;
    }
}
