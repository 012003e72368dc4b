package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.SamePass;

/** Turns samples of any shape into plain rows of features; the numbers stay where they are. */
public final class Flatten implements Layer {

    /** Makes the layer. */
    public Flatten() {}

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(input.features());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return SamePass.INSTANCE;
    }

    @Override
    public String toString() {
        return "Flatten()";
    }
}
