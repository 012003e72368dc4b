package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Objects;

/** Leaves everything as it is: a place to put a layer into, or a branch without work. */
public final class Identity implements Layer {

    /** Makes the layer. */
    public Identity() {}

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return SamePass.INSTANCE;
    }

    @Override
    public String toString() {
        return "Identity()";
    }
}
