package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * Drops blocks: the engine's mask of one element for each block, times the block in a plain loop on
 * the caller's thread.
 */
final class BlockDropoutPass implements Pass {

    private final BlockDropout layer;
    private final Kernels kernels;
    private final Matrix ones;
    private final Matrix mask;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;

    BlockDropoutPass(BlockDropout layer, Shape input, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.ones = Matrix.zeros(workspace.batch(), layer.blocks(input));
        Arrays.fill(ones.data(), 1);
        this.mask = Matrix.zeros(ones.rows(), ones.cols());
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        kernels.dropout(layer.nextKey(), layer.p(), ones, mask);
        apply(inputs, outputs);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, true, ready ? this : null);
        if (inputGradient != null) {
            apply(outputGradient, inputGradient);
        }
        return inputGradient;
    }

    /** Multiplies; what is dropped is 0, whatever it was. */
    private void apply(Matrix x, Matrix y) {
        int n = x.cols() / mask.cols();
        for (int at = 0; at < mask.size(); at++) {
            int i = at / mask.cols();
            int block = at % mask.cols() * n;
            int from = x.offset() + i * x.ld() + block;
            int to = i * y.ld() + block;
            float factor = mask.data()[at];
            for (int j = 0; j < n; j++) {
                y.data()[to + j] = factor == 0 ? 0 : factor * x.data()[from + j];
            }
        }
    }
}
