package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Named;

import java.util.List;
import java.util.SequencedMap;

/** What the pools of volumes whose outputs have a given size have in common. */
public abstract class AdaptivePool3d extends VolumePool {

    private final int depth;
    private final int height;
    private final int width;

    /** Only for the pools of this package. */
    AdaptivePool3d(int depth, int height, int width) {
        if (Math.min(depth, Math.min(height, width)) < 1) {
            throw new IllegalArgumentException(
                    "%s: output is %sx%sx%s; each must be 1 or more"
                            .formatted(getClass().getSimpleName(), depth, height, width));
        }
        this.depth = depth;
        this.height = height;
        this.width = width;
    }

    /** Returns the pool of images with outputs of that size. */
    abstract Layer ofImages(int height, int width);

    @Override
    public final Shape outputShape(Shape input) {
        VolumeSides.require(this, input);
        return new Shape(input.dimension(0), depth, height, width);
    }

    @Override
    final Layer ofSlices() {
        return ofImages(height, width);
    }

    @Override
    final Layer ofDepth(int pixels) {
        return ofImages(depth, pixels);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        return Named.of("outputSize", List.of(depth, height, width));
    }

    @Override
    public final String toString() {
        return "%s(%sx%sx%s)".formatted(getClass().getSimpleName(), depth, height, width);
    }
}
