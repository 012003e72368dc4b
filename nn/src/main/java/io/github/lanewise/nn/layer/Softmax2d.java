package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;
import io.github.lanewise.nn.internal.Images;

/** The {@link Softmax} over the channels of each pixel of images of channels x height x width. */
public final class Softmax2d implements Layer {

    /** Makes the layer. */
    public Softmax2d() {}

    @Override
    public Shape outputShape(Shape input) {
        return Images.require(this, input);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return ChainPass.bind(
                input, workspace, new Permute(1, 2, 0), new Softmax(), new Permute(2, 0, 1));
    }

    @Override
    public String toString() {
        return "Softmax2d()";
    }
}
