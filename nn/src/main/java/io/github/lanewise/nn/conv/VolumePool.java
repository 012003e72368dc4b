package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;
import io.github.lanewise.nn.layer.Reshape;

/**
 * What the pools of volumes have in common: each slice is pooled as an image, and then, along the
 * depth, what came of the slices.
 */
public abstract class VolumePool implements Layer {

    /** Only for the pools of this package. */
    VolumePool() {}

    /** Returns the layer that pools a slice. */
    abstract Layer ofSlices();

    /** Returns the layer that pools columns of slices, images of depth x (height * width). */
    abstract Layer ofDepth(int pixels);

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int channels = input.dimension(0);
        int depth = input.dimension(1);
        int pixels = output.dimension(2) * output.dimension(3);
        return ChainPass.bind(
                input,
                workspace,
                new Reshape(
                        Math.multiplyExact(channels, depth),
                        input.dimension(2),
                        input.dimension(3)),
                ofSlices(),
                new Reshape(channels, depth, pixels),
                ofDepth(pixels),
                new Reshape(output));
    }
}
