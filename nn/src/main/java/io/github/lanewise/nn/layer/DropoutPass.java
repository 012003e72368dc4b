package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** Drops values while training; backward draws the same mask again instead of keeping it. */
final class DropoutPass implements Pass {

    private final Dropout layer;
    private final Kernels kernels;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;
    private long key;
    private float p;

    DropoutPass(Dropout layer, Shape input, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        key = layer.nextKey();
        p = layer.p();
        kernels.dropout(key, p, inputs, outputs);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, true, ready ? this : null);
        if (inputGradient != null) {
            kernels.dropout(key, p, outputGradient, inputGradient);
        }
        return inputGradient;
    }
}
