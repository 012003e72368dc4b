package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

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

    private RowPass(
            Layer layer,
            Workspace workspace,
            Forward forward,
            Backward backward,
            Matrix outputs,
            Matrix inputGradient) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.forward = forward;
        this.backward = backward;
        this.outputs = outputs;
        this.inputGradient = inputGradient;
    }

    /** Makes a pass on the rows that the last dimension of a shape holds. */
    static Pass ofLast(
            Layer layer, Shape shape, Workspace workspace, Forward forward, Backward backward) {
        Matrix outputs = workspace.buffer(shape);
        Matrix inputGradient = workspace.inputGradientBuffer(shape);
        if (shape.rank() == 1) {
            return new RowPass(layer, workspace, forward, backward, outputs, inputGradient);
        }
        int n = shape.dimension(shape.rank() - 1);
        Matrix gradientRows = inputGradient == null ? null : RowView.of(inputGradient, n);
        Pass ofRows =
                new RowPass(
                        layer, workspace, forward, backward, RowView.of(outputs, n), gradientRows);
        return new RowsPass(ofRows, n, n, outputs, inputGradient, workspace);
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
