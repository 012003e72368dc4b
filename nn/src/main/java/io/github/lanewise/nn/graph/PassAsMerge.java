package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;

/** A pass of one input, seen as a merge. */
final class PassAsMerge implements MergePass {

    private final Pass pass;
    private final Matrix[] gradients = new Matrix[1];

    PassAsMerge(Pass pass) {
        this.pass = pass;
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        return pass.forward(inputs[0]);
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        gradients[0] = pass.backward(outputGradient);
        return gradients;
    }
}
