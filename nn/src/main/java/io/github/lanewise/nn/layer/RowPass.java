package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** The pass of a layer that is one kernel on rows, with a gradient computed from the outputs. */
final class RowPass implements Pass {

    /** y = f(x). */
    @FunctionalInterface
    interface Forward {
        void apply(Kernels kernels, Matrix x, Matrix y);
    }

    /** dx from y and dy. */
    @FunctionalInterface
    interface Backward {
        void apply(Kernels kernels, Matrix y, Matrix dy, Matrix dx);
    }

    private final Layer layer;
    private final Kernels kernels;
    private final boolean training;
    private final Forward forward;
    private final Backward backward;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private Matrix saved;

    RowPass(Layer layer, Shape shape, Workspace workspace, Forward forward, Backward backward) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.forward = forward;
        this.backward = backward;
        this.outputs = workspace.buffer(shape);
        this.inputGradient = workspace.inputGradientBuffer(shape);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        forward.apply(kernels, inputs, outputs);
        saved = outputs;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, saved);
        if (inputGradient != null) {
            backward.apply(kernels, saved, outputGradient, inputGradient);
        }
        return inputGradient;
    }
}
