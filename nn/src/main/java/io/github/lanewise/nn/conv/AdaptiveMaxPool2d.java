package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

/**
 * Takes the largest value of each of as many regions as the outputs shall have; inputs are images
 * of channels x height x width. The regions are those of {@link AdaptiveAvgPool2d}. Backward: the
 * gradient of an output goes to the first of its largest values.
 */
public final class AdaptiveMaxPool2d extends AdaptivePool {

    /** Makes a layer with square outputs. */
    public AdaptiveMaxPool2d(int size) {
        this(size, size);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AdaptiveMaxPool2d(int height, int width) {
        super(height, width);
    }

    @Override
    Pass pass(
            Regions rows, Regions cols, Matrix outputs, Matrix inputGradient, Workspace workspace) {
        return new AdaptiveMaxPass(this, rows, cols, outputs, inputGradient, workspace);
    }
}
