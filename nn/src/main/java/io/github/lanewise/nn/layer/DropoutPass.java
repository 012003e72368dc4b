package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Passes;

/** Drops values while training; backward draws the same mask again instead of keeping it. */
final class DropoutPass implements Pass {

    private static final long HIGH_HALF = 0xffffffffL << Integer.SIZE;

    private final Dropout layer;
    private final Kernels kernels;
    private final Workspace workspace;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final Lengths lengths;

    /** Windows onto samples, forward and backward. */
    private final SampleWindows[] from = new SampleWindows[2];

    private final SampleWindows[] to = new SampleWindows[2];
    private boolean ready;
    private long key;
    private float p;

    DropoutPass(Dropout layer, Shape input, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.workspace = workspace;
        this.lengths = workspace.rowLengths();
        this.outputs = workspace.buffer(input);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        key = layer.nextKey();
        p = layer.p();
        drop(inputs, outputs);
        ready = true;
        return outputs;
    }

    private void drop(Matrix x, Matrix y) {
        if (lengths == null) {
            kernels.dropout(from(workspace.firstRow() * x.cols(), key), p, x, y);
            return;
        }
        int rows = x.rows() / lengths.batch();
        int which = y == outputs ? 0 : 1;
        from[which] = SampleWindows.of(x, rows, from[which]);
        to[which] = SampleWindows.of(y, rows, to[which]);
        for (int i = 0; i < lengths.batch(); i++) {
            long ofSample = RandomStream.at(key, workspace.firstRow() / rows + i);
            kernels.dropout(ofSample, p, from[which].get(i), to[which].get(i));
        }
    }

    /** Returns the key by which element 0 is hashed as element {@code first} is by this one. */
    private static long from(int first, long key) {
        return key & HIGH_HALF | Integer.toUnsignedLong((int) key + first);
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, true, ready ? this : null);
        if (inputGradient != null) {
            drop(outputGradient, inputGradient);
        }
        return inputGradient;
    }
}
