package io.github.lanewise.nn;

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
        return Passes.IDENTITY;
    }

    @Override
    public String toString() {
        return "Flatten()";
    }
}
