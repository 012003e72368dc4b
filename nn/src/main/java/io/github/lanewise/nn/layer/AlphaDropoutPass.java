package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * Drops blocks of a sample as {@link AlphaDropout} says: the engine's mask of one element for each
 * block, applied in a plain loop on the caller's thread.
 */
final class AlphaDropoutPass implements Pass {

    /** Minus the least value of SELU. */
    private static final double LEAST = 1.7580993408473766;

    private final RandomLayer layer;
    private final float p;
    private final Kernels kernels;
    private final Matrix ones;
    private final Matrix mask;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final float a;
    private final float shift;
    private final float dropped;
    private boolean ready;

    /**
     * @param blocks of equal size that are dropped as a whole
     */
    AlphaDropoutPass(RandomLayer layer, float p, int blocks, Shape input, Workspace workspace) {
        this.layer = layer;
        this.p = p;
        this.kernels = workspace.kernels();
        this.ones = Matrix.zeros(workspace.batch(), blocks);
        Arrays.fill(ones.data(), 1);
        this.mask = Matrix.zeros(ones.rows(), ones.cols());
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
        double share = p;
        double scale = share == 1 ? 0 : 1 / Math.sqrt((LEAST * LEAST * share + 1) * (1 - share));
        a = (float) scale;
        shift = (float) (scale * LEAST * share);
        dropped = (float) (scale * LEAST * (share - 1));
    }

    @Override
    public Matrix forward(Matrix inputs) {
        kernels.dropout(layer.nextKey(), p, ones, mask);
        apply(inputs, shift, dropped, outputs);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, true, ready ? this : null);
        if (inputGradient != null) {
            apply(outputGradient, 0, 0, inputGradient);
        }
        return inputGradient;
    }

    private void apply(Matrix x, float plus, float otherwise, Matrix y) {
        int n = x.cols() / mask.cols();
        for (int at = 0; at < mask.size(); at++) {
            int i = at / mask.cols();
            int block = at % mask.cols() * n;
            int from = x.offset() + i * x.ld() + block;
            int to = i * y.ld() + block;
            boolean stays = mask.data()[at] != 0;
            for (int j = 0; j < n; j++) {
                y.data()[to + j] = stays ? Math.fma(a, x.data()[from + j], plus) : otherwise;
            }
        }
    }
}
