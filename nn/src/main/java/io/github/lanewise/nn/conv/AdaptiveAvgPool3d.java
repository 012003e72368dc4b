package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;

/**
 * Takes the means over regions of volumes of channels x depth x height x width, as many as the
 * outputs shall have; the regions are those of {@link AdaptiveAvgPool2d}.
 */
public final class AdaptiveAvgPool3d extends AdaptivePool3d {

    /** Makes a layer with cubic outputs. */
    public AdaptiveAvgPool3d(int size) {
        this(size, size, size);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AdaptiveAvgPool3d(int depth, int height, int width) {
        super(depth, height, width);
    }

    @Override
    Layer ofImages(int height, int width) {
        return new AdaptiveAvgPool2d(height, width);
    }
}
