package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/**
 * Takes the mean of each channel: images of channels x height x width, or sequences of channels x
 * length, become one row of channels.
 *
 * <p>Backward: each value gets an equal share.
 */
public final class GlobalAvgPool implements Layer {

    /** Makes the layer. */
    public GlobalAvgPool() {}

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() < 2) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer takes channels of several values"
                            .formatted(this, input));
        }
        return new Shape(input.dimension(0));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new AveragePoolPass(
                this,
                Regions.adaptive(1, 1),
                Regions.adaptive(input.features() / input.dimension(0), 1),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public String toString() {
        return "GlobalAvgPool()";
    }
}
