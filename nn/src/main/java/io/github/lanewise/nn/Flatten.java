package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** Turns samples of any shape into plain rows of features; the numbers stay where they are. */
public final class Flatten implements Layer {

    private static final Pass PASS =
            new Pass() {
                @Override
                public Matrix forward(Matrix inputs) {
                    return inputs;
                }

                @Override
                public Matrix backward(Matrix outputGradient) {
                    return outputGradient;
                }
            };

    /** Makes the layer. */
    public Flatten() {}

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(input.features());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return PASS;
    }

    @Override
    public String toString() {
        return "Flatten()";
    }
}
