package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;
import java.util.List;

/**
 * Two inputs laid upon each other: plain loops on the caller's thread, which are the definition.
 */
final class BroadcastPass implements MergePass {

    private final Broadcast layer;
    private final boolean training;
    private final Matrix outputs;
    private final int[][] sources = new int[2][];
    private final double[][] sums = new double[2][];
    private final Matrix[] gradients = new Matrix[2];
    private Matrix first;
    private Matrix second;

    BroadcastPass(Broadcast layer, List<Shape> inputs, Shape joint, Workspace workspace) {
        this.layer = layer;
        this.training = workspace.training();
        this.outputs = workspace.buffer(joint);
        for (int which = 0; which < 2; which++) {
            sources[which] = Broadcast.sources(inputs.get(which), joint);
            gradients[which] = workspace.inputGradientBuffer(inputs.get(which));
            sums[which] = new double[workspace.training() ? inputs.get(which).features() : 0];
        }
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        first = inputs[0];
        second = inputs[1];
        float[] y = outputs.data();
        for (int i = 0; i < outputs.rows(); i++) {
            int a = first.offset() + i * first.ld();
            int b = second.offset() + i * second.ld();
            for (int j = 0; j < outputs.cols(); j++) {
                float left = first.data()[a + sources[0][j]];
                float right = second.data()[b + sources[1][j]];
                y[i * outputs.ld() + j] =
                        switch (layer.how()) {
                            case ADD -> left + right;
                            case SUBTRACT -> left - right;
                            case MULTIPLY -> left * right;
                            case DIVIDE -> left / right;
                        };
            }
        }
        return outputs;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, first);
        if (gradients[0] != null) {
            for (int i = 0; i < outputs.rows(); i++) {
                addUp(i, outputGradient);
                round(i, 0);
                round(i, 1);
            }
        }
        return gradients;
    }

    private void addUp(int i, Matrix outputGradient) {
        int a = first.offset() + i * first.ld();
        int b = second.offset() + i * second.ld();
        int at = outputGradient.offset() + i * outputGradient.ld();
        Arrays.fill(sums[0], 0);
        Arrays.fill(sums[1], 0);
        for (int j = 0; j < outputs.cols(); j++) {
            double dy = outputGradient.data()[at + j];
            double left = first.data()[a + sources[0][j]];
            double right = second.data()[b + sources[1][j]];
            sums[0][sources[0][j]] +=
                    switch (layer.how()) {
                        case ADD, SUBTRACT -> dy;
                        case MULTIPLY -> dy * right;
                        case DIVIDE -> dy / right;
                    };
            sums[1][sources[1][j]] +=
                    switch (layer.how()) {
                        case ADD -> dy;
                        case SUBTRACT -> -dy;
                        case MULTIPLY -> dy * left;
                        case DIVIDE -> -dy * left / (right * right);
                    };
        }
    }

    private void round(int i, int which) {
        Matrix gradient = gradients[which];
        for (int k = 0; k < sums[which].length; k++) {
            gradient.data()[i * gradient.ld() + k] = (float) sums[which][k];
        }
    }
}
