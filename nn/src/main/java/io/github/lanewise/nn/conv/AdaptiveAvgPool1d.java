package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

/**
 * Takes the mean of each of as many regions as the outputs shall have; inputs are sequences of
 * channels x length. The regions are those of {@link AdaptiveAvgPool2d}. Backward: each value of a
 * region gets an equal share.
 */
public final class AdaptiveAvgPool1d extends AdaptivePool {

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if the length of the outputs is below 1
     */
    public AdaptiveAvgPool1d(int length) {
        super(length);
    }

    @Override
    Pass pass(
            Regions rows, Regions cols, Matrix outputs, Matrix inputGradient, Workspace workspace) {
        return new AveragePoolPass(this, rows, cols, outputs, inputGradient, workspace);
    }
}
