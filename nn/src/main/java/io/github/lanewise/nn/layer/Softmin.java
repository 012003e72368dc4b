package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;

import java.util.Objects;

/**
 * The {@link Softmax} of the negated inputs: the smallest becomes the most likely. An input of more
 * dimensions is a row for each of its last.
 */
public final class Softmin implements Layer {

    /** Makes the layer. */
    public Softmin() {}

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return ChainPass.bind(input, workspace, new Affine(-1, 0), new Softmax());
    }

    @Override
    public String toString() {
        return "Softmin()";
    }
}
