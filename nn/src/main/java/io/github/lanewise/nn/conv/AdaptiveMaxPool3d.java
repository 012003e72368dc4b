package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Takes the largest values of regions of volumes of channels x depth x height x width, as many as
 * the outputs shall have; the regions are those of {@link AdaptiveAvgPool2d}.
 */
public final class AdaptiveMaxPool3d extends VolumePool {

    private final int depth;
    private final int height;
    private final int width;

    /** Makes a layer with cubic outputs. */
    public AdaptiveMaxPool3d(int size) {
        this(size, size, size);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AdaptiveMaxPool3d(int depth, int height, int width) {
        if (Math.min(depth, Math.min(height, width)) < 1) {
            throw new IllegalArgumentException(
                    "AdaptiveMaxPool3d: output is %dx%dx%d; each must be 1 or more"
                            .formatted(depth, height, width));
        }
        this.depth = depth;
        this.height = height;
        this.width = width;
    }

    @Override
    public Shape outputShape(Shape input) {
        VolumeSides.require(this, input);
        return new Shape(input.dimension(0), depth, height, width);
    }

    @Override
    Layer ofSlices() {
        return new AdaptiveMaxPool2d(height, width);
    }

    @Override
    Layer ofDepth(int pixels) {
        return new AdaptiveMaxPool2d(depth, pixels);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("outputSize", List.of(depth, height, width));
        return all;
    }

    @Override
    public String toString() {
        return "AdaptiveMaxPool3d(%dx%dx%d)".formatted(depth, height, width);
    }
}
