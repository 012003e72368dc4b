package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * Drops blocks: the engine's mask of one element for each block, applied in a plain loop on the
 * caller's thread. What is kept is multiplied by its element of the mask, 1 / (1 - p).
 */
class BlockDropoutPass implements Pass {

    private final DropoutLayer layer;
    private final Kernels kernels;
    private final Matrix ones;
    private final Matrix mask;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;

    BlockDropoutPass(DropoutLayer layer, Shape input, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.ones = Matrix.zeros(workspace.batch(), layer.blocks(input));
        Arrays.fill(ones.data(), 1);
        this.mask = Matrix.zeros(ones.rows(), ones.cols());
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public final Matrix forward(Matrix inputs) {
        kernels.dropout(layer.nextKey(), layer.p(), ones, mask);
        apply(inputs, outputs, true);
        ready = true;
        return outputs;
    }

    @Override
    public final Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, true, ready ? this : null);
        if (inputGradient != null) {
            apply(outputGradient, inputGradient, false);
        }
        return inputGradient;
    }

    private void apply(Matrix x, Matrix y, boolean forward) {
        int n = x.cols() / mask.cols();
        for (int at = 0; at < mask.size(); at++) {
            int i = at / mask.cols();
            int block = at % mask.cols() * n;
            int from = x.offset() + i * x.ld() + block;
            int to = i * y.ld() + block;
            if (mask.data()[at] == 0) {
                Arrays.fill(y.data(), to, to + n, forward ? dropped() : 0);
            } else {
                keep(mask.data()[at], x.data(), from, y.data(), to, n, forward);
            }
        }
    }

    /** Returns what an element becomes that is dropped, whatever it was. */
    float dropped() {
        return 0;
    }

    /** Computes the n outputs of a block that is kept, or its gradients. */
    void keep(float factor, float[] x, int from, float[] y, int to, int n, boolean forward) {
        for (int j = 0; j < n; j++) {
            y[to + j] = factor * x[from + j];
        }
    }
}
