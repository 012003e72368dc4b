package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** Drops values while training; backward draws the same mask again instead of keeping it. */
final class DropoutPass implements Pass {

    private static final long HIGH_HALF = 0xffffffffL << Integer.SIZE;

    private final Dropout layer;
    private final Kernels kernels;
    private final Workspace workspace;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;
    private long key;
    private float p;

    DropoutPass(Dropout layer, Shape input, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.workspace = workspace;
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        key = from(workspace.firstRow() * inputs.cols(), layer.nextKey());
        p = layer.p();
        kernels.dropout(key, p, inputs, outputs);
        ready = true;
        return outputs;
    }

    /** Returns the key by which element 0 is hashed as element {@code first} is by this one. */
    private static long from(int first, long key) {
        return key & HIGH_HALF | Integer.toUnsignedLong((int) key + first);
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
