package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Takes the mean of each of as many regions as the outputs shall have; inputs are sequences of
 * channels x length. The regions are those of {@link AdaptiveAvgPool2d}. Backward: each value of a
 * region gets an equal share.
 */
public final class AdaptiveAvgPool1d implements Layer {

    private final int length;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if the length of the outputs is below 1
     */
    public AdaptiveAvgPool1d(int length) {
        if (length < 1) {
            throw new IllegalArgumentException(
                    "AdaptiveAvgPool1d: output is %d; it must be 1 or more".formatted(length));
        }
        this.length = length;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input, 2, "sequences: channels x length");
        return new Shape(input.dimension(0), length);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new AveragePoolPass(
                this,
                Regions.adaptive(1, 1),
                Regions.adaptive(input.dimension(1), length),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("outputSize", length);
        return all;
    }

    @Override
    public String toString() {
        return "AdaptiveAvgPool1d(%d)".formatted(length);
    }
}
