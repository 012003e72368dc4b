package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;

/** A merge of a single input, seen as a pass. */
final class MergeAsPass implements Pass {

    private final MergePass merge;
    private final Matrix[] inputs = new Matrix[1];

    MergeAsPass(MergePass merge) {
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
