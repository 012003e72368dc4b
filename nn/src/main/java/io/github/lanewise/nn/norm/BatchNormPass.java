package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** Batch normalization by the batch's own statistics, or by the running ones. */
final class BatchNormPass implements Pass {

    private final BatchNorm layer;
    private final Kernels kernels;
    private final ChannelNormalizations channels;
    private final boolean training;
    private final boolean ownStatistics;
    private final Fusion fusion;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final Matrix mean;
    private final Matrix meanLow;
    private final Matrix variance;
    private final Matrix weightGradient;
    private final Matrix biasGradient;
    private final ChannelNorm normalization;
    private Matrix inputs;

    BatchNormPass(
            BatchNorm layer,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace,
            Fusion fusion) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.channels = kernels.channelNormalizations();
        this.training = workspace.training();
        this.ownStatistics = training && !layer.isFrozen();
        this.fusion = fusion;
        this.outputs = outputs;
        this.inputGradient = inputGradient;
        int width = layer.channels();
        mean = ownStatistics ? Matrix.zeros(1, width) : layer.runningMean().value();
        meanLow = ownStatistics ? Matrix.zeros(1, width) : null;
        variance = ownStatistics ? Matrix.zeros(1, width) : layer.runningVar().value();
        weightGradient = training ? Matrix.zeros(1, width) : null;
        biasGradient = training ? Matrix.zeros(1, width) : null;
        normalization = layer.normalization(mean, meanLow, variance);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        if (ownStatistics) {
            channels.channelMoments(inputs, mean, meanLow, variance);
            float n = (float) inputs.size() / layer.channels();
            move(layer.runningMean().value(), mean, 1);
            move(layer.runningVar().value(), variance, n / (n - 1));
        }
        channels.normalize(normalization, fusion.after(), inputs, outputs);
        this.inputs = inputs;
        return outputs;
    }

    /**
     * Moves a running statistic towards the batch's: to the nearest number, but by one at least,
     * lest it stop some roundings away from what all batches have.
     */
    private void move(Matrix running, Matrix statistic, float factor) {
        for (int c = 0; c < running.cols(); c++) {
            float before = running.at(0, c);
            float batch = statistic.at(0, c) * factor;
            float after = (float) (before + (double) layer.momentum() * ((double) batch - before));
            boolean stuck = after == before && layer.momentum() > 0;
            running.data()[running.offset() + c] = stuck ? Math.nextAfter(before, batch) : after;
        }
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        channels.normalizeGradientSums(
                normalization, inputs, outputGradient, weightGradient, biasGradient);
        if (layer.weight() != null) {
            add(weightGradient, layer.weight());
            add(biasGradient, layer.bias());
        }
        if (inputGradient != null) {
            channels.normalizeGradient(
                    normalization,
                    inputs,
                    ownStatistics ? weightGradient : null,
                    ownStatistics ? biasGradient : null,
                    outputGradient,
                    inputGradient);
            if (fusion.before().kind() != Activation.Kind.IDENTITY) {
                kernels.activateGradient(fusion.before(), inputs, inputGradient, inputGradient);
            }
        }
        return inputGradient;
    }

    private void add(Matrix gradient, Param parameter) {
        if (parameter.isTrainable()) {
            kernels.columnSums(gradient, parameter.accumulator().nextBeta(), parameter.gradient());
        }
    }
}
