package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** Means over the regions of images. */
final class AveragePoolPass implements Pass {

    private final Layer layer;
    private final Regions rows;
    private final Regions cols;
    private final Windows windows;
    private final boolean training;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private Matrix inputs;

    AveragePoolPass(
            Layer layer,
            Regions rows,
            Regions cols,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace) {
        this.layer = layer;
        this.rows = rows;
        this.cols = cols;
        this.windows = workspace.kernels().windows();
        this.training = workspace.training();
        this.outputs = outputs;
        this.inputGradient = inputGradient;
    }

    @Override
    public Matrix forward(Matrix inputs) {
        this.inputs = inputs;
        windows.averagePool(rows, cols, inputs, outputs);
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        if (inputGradient != null) {
            windows.averagePoolGradient(rows, cols, outputGradient, inputGradient);
        }
        return inputGradient;
    }
}
