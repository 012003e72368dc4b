package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** A layer that draws the same random numbers in each forward call, so that it is a function. */
public record SameDraws(Stochastic layer) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Pass pass = layer.bind(input, workspace);
        return new Pass() {
            @Override
            public Matrix forward(Matrix inputs) {
                layer.draws(3);
                return pass.forward(inputs);
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                return pass.backward(outputGradient);
            }
        };
    }
}
