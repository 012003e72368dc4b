package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

/**
 * Takes the largest value of each of as many regions as the outputs shall have; inputs are
 * sequences of channels x length. The regions are those of {@link AdaptiveAvgPool2d}. Backward: the
 * gradient of an output goes to the first of its largest values.
 */
public final class AdaptiveMaxPool1d extends AdaptivePool {

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if the length of the outputs is below 1
     */
    public AdaptiveMaxPool1d(int length) {
        super(length);
    }

    @Override
    Pass pass(
            Regions rows, Regions cols, Matrix outputs, Matrix inputGradient, Workspace workspace) {
        return new AdaptiveMaxPass(this, rows, cols, outputs, inputGradient, workspace);
    }
}
