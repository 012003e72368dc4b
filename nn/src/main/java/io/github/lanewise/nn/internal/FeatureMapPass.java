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
        this.layer = layer;
        this.map = map;
        this.blocks = input.features() / map.in();
        this.training = workspace.training();
        this.outputs = workspace.buffer(output);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        for (int i = 0; i < inputs.rows(); i++) {
            for (int b = 0; b < blocks; b++) {
                map.apply(
                        inputs.data(),
                        inputs.offset() + i * inputs.ld() + b * map.in(),
                        outputs.data(),
                        outputs.offset() + i * outputs.ld() + b * map.out());
            }
        }
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        if (inputGradient == null) {
            return null;
        }
        for (int i = 0; i < outputGradient.rows(); i++) {
            for (int b = 0; b < blocks; b++) {
                map.applyBackward(
                        outputGradient.data(),
                        outputGradient.offset() + i * outputGradient.ld() + b * map.out(),
                        inputGradient.data(),
                        inputGradient.offset() + i * inputGradient.ld() + b * map.in());
            }
        }
        return inputGradient;
    }
}
