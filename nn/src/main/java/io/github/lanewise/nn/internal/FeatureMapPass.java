package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/**
 * Applies a {@link FeatureMap} to each sample, or to each of its equal blocks, such as channels.
 *
 * <p>A plain loop on the caller's thread, which is the definition: it moves each number once.
 */
public final class FeatureMapPass implements Pass {

    private final Object layer;
    private final FeatureMap map;
    private final boolean adjoint;
    private final int blocks;
    private final boolean training;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;

    /**
     * Binds a map.
     *
     * @param layer for messages
     * @param input of blocks * map.in() features
     * @param output of blocks * map.out() features
     */
    public FeatureMapPass(
            Object layer, FeatureMap map, Shape input, Shape output, Workspace workspace) {
        this(layer, map, false, input, output, workspace);
    }

    private FeatureMapPass(
            Object layer,
            FeatureMap map,
            boolean adjoint,
            Shape input,
            Shape output,
            Workspace workspace) {
        this.layer = layer;
        this.map = map;
        this.adjoint = adjoint;
        this.blocks = input.features() / (adjoint ? map.out() : map.in());
        this.training = workspace.training();
        this.outputs = workspace.buffer(output);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    /** Binds the map that another does backward: forward it adds up, backward it copies. */
    public static FeatureMapPass adjoint(
            Object layer, FeatureMap map, Shape input, Shape output, Workspace workspace) {
        return new FeatureMapPass(layer, map, true, input, output, workspace);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        apply(adjoint, inputs, outputs);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        if (inputGradient == null) {
            return null;
        }
        apply(!adjoint, outputGradient, inputGradient);
        return inputGradient;
    }

    private void apply(boolean backward, Matrix from, Matrix to) {
        int width = from.cols() / blocks;
        int newWidth = to.cols() / blocks;
        for (int i = 0; i < from.rows(); i++) {
            for (int b = 0; b < blocks; b++) {
                int at = from.offset() + i * from.ld() + b * width;
                int into = to.offset() + i * to.ld() + b * newWidth;
                if (backward) {
                    map.applyBackward(from.data(), at, to.data(), into);
                } else {
                    map.apply(from.data(), at, to.data(), into);
                }
            }
        }
    }
}
