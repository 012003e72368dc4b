package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/**
 * A convolution, or the transposed one, which is the input gradient of a convolution: what is
 * forward for the one is backward for the other.
 */
final class ConvolutionPass implements Pass {

    private final ConvolutionLayer layer;
    private final Convolution shape;
    private final Windows windows;
    private final ChannelNormalizations channels;
    private final boolean training;
    private final Activation before;
    private final Matrix weight;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final Epilogue forwardEpilogue;
    private Epilogue backwardEpilogue = Epilogue.NONE;
    private Matrix inputs;

    ConvolutionPass(
            ConvolutionLayer layer,
            Convolution shape,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace,
            Fusion fusion) {
        this.layer = layer;
        this.shape = shape;
        this.windows = workspace.kernels().windows();
        this.channels = workspace.kernels().channelNormalizations();
        this.training = workspace.training();
        this.before = fusion.before();
        this.weight = layer.weight().value();
        this.outputs = outputs;
        this.inputGradient = inputGradient;
        Matrix bias = layer.bias() == null ? null : layer.bias().value();
        this.forwardEpilogue = Epilogue.activate(bias, fusion.after());
    }

    @Override
    public Matrix forward(Matrix inputs) {
        if (layer.isTransposed()) {
            windows.convolveInputGradient(shape, inputs, weight, outputs, forwardEpilogue);
        } else {
            windows.convolve(shape, inputs, weight, outputs, forwardEpilogue);
        }
        if (training && inputs != this.inputs) {
            keep(inputs);
        }
        return outputs;
    }

    private void keep(Matrix inputs) {
        this.inputs = inputs;
        if (before.kind() != Activation.Kind.IDENTITY) {
            backwardEpilogue = Epilogue.gradient(before, inputs);
        }
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        boolean transposed = layer.isTransposed();
        Param w = layer.weight();
        if (w.isTrainable()) {
            windows.convolveWeightGradient(
                    shape,
                    transposed ? outputGradient : inputs,
                    transposed ? inputs : outputGradient,
                    w.accumulator().nextBeta(),
                    w.gradient());
        }
        Param b = layer.bias();
        if (b != null && b.isTrainable()) {
            channels.channelSums(outputGradient, b.accumulator().nextBeta(), b.gradient());
        }
        if (inputGradient != null && transposed) {
            windows.convolve(shape, outputGradient, weight, inputGradient, backwardEpilogue);
        } else if (inputGradient != null) {
            windows.convolveInputGradient(
                    shape, outputGradient, weight, inputGradient, backwardEpilogue);
        }
        return inputGradient;
    }
}
