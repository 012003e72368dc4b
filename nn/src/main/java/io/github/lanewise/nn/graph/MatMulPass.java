package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;

/** The products of all samples at once, each of windows onto its operands. */
final class MatMulPass implements MergePass {

    private final MatMul layer;
    private final Sequences sequences;
    private final boolean training;
    private final Matrix outputs;
    private final Matrix[] gradients = new Matrix[2];
    private final Blocks a;
    private final Blocks b;
    private final Blocks dOutputs;
    private final Matrix[] y;
    private final Matrix[] da;
    private final Matrix[] db;
    private boolean ready;

    MatMulPass(MatMul layer, List<Shape> inputs, Shape output, Workspace workspace) {
        this.layer = layer;
        this.sequences = workspace.kernels().sequences();
        this.training = workspace.training();
        this.outputs = workspace.buffer(output);
        this.a = new Blocks(inputs.get(0));
        this.b = new Blocks(inputs.get(1));
        this.dOutputs = new Blocks(output);
        this.y = new Blocks(output).of(outputs);
        gradients[0] = workspace.inputGradientBuffer(inputs.get(0));
        gradients[1] = workspace.inputGradientBuffer(inputs.get(1));
        this.da = gradients[0] == null ? null : new Blocks(inputs.get(0)).of(gradients[0]);
        this.db = gradients[1] == null ? null : new Blocks(inputs.get(1)).of(gradients[1]);
    }

    /** The matrices in a batch of samples, in order: windows, made anew for another batch. */
    private static final class Blocks {

        private final int rows;
        private final int cols;
        private final int ofSample;
        private Matrix batch;
        private Matrix[] windows;

        Blocks(Shape shape) {
            rows = shape.dimension(shape.rank() - 2);
            cols = shape.dimension(shape.rank() - 1);
            ofSample = shape.features() / rows / cols;
        }

        Matrix[] of(Matrix batch) {
            if (batch != this.batch) {
                this.batch = batch;
                windows = new Matrix[batch.rows() * ofSample];
                for (int s = 0; s < windows.length; s++) {
                    int sample = batch.offset() + s / ofSample * batch.ld();
                    int at = sample + s % ofSample * rows * cols;
                    windows[s] = new Matrix(batch.data(), at, rows, cols, cols);
                }
            }
            return windows;
        }
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        sequences.multiplyEach(Transpose.NN, a.of(inputs[0]), b.of(inputs[1]), 1, y);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? layer : null);
        if (da != null) {
            Matrix[] dy = dOutputs.of(outputGradient);
            sequences.multiplyEach(Transpose.NT, dy, b.windows, 1, da);
            sequences.multiplyEach(Transpose.TN, a.windows, dy, 1, db);
        }
        return gradients;
    }
}
