package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

/**
 * Takes means over regions, as many as the outputs shall have; {@code AdaptiveAvgPool2d(1)} is
 * global average pooling.
 *
 * <p>Inputs are images of channels x height x width. Region i of n along a side of size s begins at
 * i s / n, rounded down, and ends at (i + 1) s / n, rounded up, as PyTorch's do. Backward: each
 * value of a region gets an equal share.
 */
public final class AdaptiveAvgPool2d extends AdaptivePool {

    /** Makes a layer with square outputs. */
    public AdaptiveAvgPool2d(int size) {
        this(size, size);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AdaptiveAvgPool2d(int height, int width) {
        super(height, width);
    }

    @Override
    Pass pass(
            Regions rows, Regions cols, Matrix outputs, Matrix inputGradient, Workspace workspace) {
        return new AveragePoolPass(this, rows, cols, outputs, inputGradient, workspace);
    }
}
