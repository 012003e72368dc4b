package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** A merge of a single input, seen as a pass. */
final class LoneInput implements Pass {

    private final MergePass merge;
    private final Matrix[] inputs = new Matrix[1];

    LoneInput(MergePass merge) {
        this.merge = merge;
    }

    @Override
    public Matrix forward(Matrix input) {
        inputs[0] = input;
        return merge.forward(inputs);
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        return merge.backward(outputGradient)[0];
    }
}
