package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Takes the largest value of each of as many regions as the outputs shall have; inputs are images
 * of channels x height x width. The regions are those of {@link AdaptiveAvgPool2d}. Backward: the
 * gradient of an output goes to the first of its largest values.
 */
public final class AdaptiveMaxPool2d implements Layer {

    private final int height;
    private final int width;

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
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "AdaptiveMaxPool2d: output is %dx%d; each must be 1 or more"
                            .formatted(height, width));
        }
        this.height = height;
        this.width = width;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        return new Shape(input.dimension(0), height, width);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new AdaptiveMaxPass(
                this,
                Regions.adaptive(input.dimension(1), height),
                Regions.adaptive(input.dimension(2), width),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("outputSize", List.of(height, width));
        return all;
    }

    @Override
    public String toString() {
        return "AdaptiveMaxPool2d(%dx%d)".formatted(height, width);
    }
}
