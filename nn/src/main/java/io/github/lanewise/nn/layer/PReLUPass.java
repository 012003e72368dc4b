package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * Computes y = max(x, 0) + w min(x, 0), and keeps min(x, 0); w stands once for each feature in a
 * row.
 */
final class PReLUPass implements Pass {

    private static final Activation NEGATIVE =
            new Activation(Activation.Kind.HARD_TANH, Float.NEGATIVE_INFINITY, 0);

    private final PReLU layer;
    private final Kernels kernels;
    private final boolean training;
    private final Matrix row;
    private final Matrix rowGradient;
    private final Matrix[] channels;
    private final Matrix negative;
    private final Matrix scratch;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private Matrix inputs;

    PReLUPass(PReLU layer, Shape shape, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.row = Matrix.zeros(1, shape.features());
        this.rowGradient = Matrix.zeros(1, shape.features());
        this.negative = workspace.buffer(shape);
        this.scratch = workspace.buffer(shape);
        this.outputs = workspace.buffer(shape);
        this.inputGradient = workspace.inputGradientBuffer(shape);
        this.channels = new Matrix[layer.weight().size()];
        int n = shape.features() / channels.length;
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new Matrix(rowGradient.data(), c * n, 1, n, n);
        }
    }

    @Override
    public Matrix forward(Matrix inputs) {
        spread(layer.weight().value());
        kernels.activate(NEGATIVE, inputs, negative);
        kernels.activate(Activation.IDENTITY, negative, scratch);
        kernels.losses().weigh(row, scratch);
        kernels.activate(Activation.RELU, inputs, outputs);
        kernels.axpy(1, scratch, outputs);
        this.inputs = inputs;
        return outputs;
    }

    private void spread(Matrix weight) {
        int n = row.cols() / channels.length;
        for (int c = 0; c < channels.length; c++) {
            Arrays.fill(row.data(), c * n, (c + 1) * n, weight.data()[weight.offset() + c]);
        }
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        kernels.activate(Activation.IDENTITY, negative, scratch);
        kernels.losses().weigh(outputGradient, scratch);
        kernels.columnSums(scratch, 0, rowGradient);
        addWeightGradient(layer.weight());
        if (inputGradient != null) {
            // w dy less where x > 0, and there dy instead
            kernels.activate(Activation.IDENTITY, outputGradient, inputGradient);
            kernels.losses().weigh(row, inputGradient);
            kernels.activateGradient(Activation.RELU, inputs, inputGradient, scratch);
            kernels.axpy(-1, scratch, inputGradient);
            kernels.activateGradient(Activation.RELU, inputs, outputGradient, scratch);
            kernels.axpy(1, scratch, inputGradient);
        }
        return inputGradient;
    }

    private void addWeightGradient(Param weight) {
        float beta = weight.accumulator().nextBeta();
        Matrix gradient = weight.gradient();
        for (int c = 0; c < channels.length; c++) {
            int at = gradient.offset() + c;
            float before = beta == 0 ? 0 : gradient.data()[at];
            gradient.data()[at] = (float) (before + kernels.sum(channels[c]));
        }
    }
}
