package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/**
 * Max pooling, which remembers where each maximum came from.
 *
 * <p>The gradient of a ReLU before the pool is taken of the pooled values: only the maxima have
 * one, and there are fewer of them. That gives the same bits, since ReLU's gradient is a factor of
 * 0 or 1.
 */
final class MaxPoolPass implements Pass {

    private final Layer layer;
    private final Window window;
    private final Kernels kernels;
    private final boolean training;
    private final Fusion fusion;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final Matrix pooledGradient;
    private final int[] chosen;
    private Matrix inputs;

    MaxPoolPass(
            Layer layer,
            Window window,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace,
            Fusion fusion) {
        this.layer = layer;
        this.window = window;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.fusion = fusion;
        this.outputs = outputs;
        this.inputGradient = inputGradient;
        this.chosen = inputGradient == null ? null : new int[outputs.size()];
        this.pooledGradient =
                inputGradient != null && pooledReluGradient()
                        ? Matrix.zeros(outputs.rows(), outputs.cols())
                        : null;
    }

    /** Returns whether the ReLU before can be undone on the outputs, which nobody has changed. */
    private boolean pooledReluGradient() {
        return fusion.before().kind() == Activation.Kind.RELU
                && fusion.after().kind() == Activation.Kind.IDENTITY;
    }

    @Override
    public Matrix forward(Matrix inputs) {
        this.inputs = inputs;
        kernels.windows().maxPool(window, inputs, outputs, chosen);
        if (fusion.after().kind() != Activation.Kind.IDENTITY) {
            kernels.activate(fusion.after(), outputs, outputs);
        }
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        if (inputGradient == null) {
            return null;
        }
        Matrix gradient = outputGradient;
        if (pooledGradient != null) {
            kernels.activateGradient(fusion.before(), outputs, outputGradient, pooledGradient);
            gradient = pooledGradient;
        }
        kernels.windows().maxPoolGradient(window, chosen, gradient, inputGradient);
        if (pooledGradient == null && fusion.before().kind() != Activation.Kind.IDENTITY) {
            kernels.activateGradient(fusion.before(), inputs, inputGradient, inputGradient);
        }
        return inputGradient;
    }
}
