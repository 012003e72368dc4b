package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Dropout;

/**
 * Drops outputs of a layer that the one above it reads, while training. Each sample has a mask of
 * its own, so that it depends neither on how far it is padded nor on the others.
 */
final class LevelDropout {

    private final Dropout dropout;
    private final Kernels kernels;
    private final Workspace workspace;
    private final ActiveRows active;
    private final Matrix dropped;
    private final Matrix[] from;
    private final Matrix[] to;
    private final Matrix[] gradients;
    private long key;
    private float p;

    /**
     * @param outputs of the layer below, time-major
     * @param dOutputs their gradient, in place
     */
    LevelDropout(
            Dropout dropout,
            Workspace workspace,
            ActiveRows active,
            Matrix outputs,
            Matrix dOutputs) {
        this.dropout = dropout;
        this.workspace = workspace;
        this.kernels = workspace.kernels();
        this.active = active;
        int batch = workspace.batch();
        dropped = Matrix.zeros(outputs.rows(), outputs.cols());
        from = rows(outputs, batch);
        to = rows(dropped, batch);
        gradients = rows(dOutputs, batch);
    }

    /** Returns a window onto all steps of each row. */
    private static Matrix[] rows(Matrix x, int batch) {
        Matrix[] rows = new Matrix[batch];
        for (int row = 0; row < batch; row++) {
            int offset = x.offset() + row * x.ld();
            rows[row] = new Matrix(x.data(), offset, x.rows() / batch, x.cols(), batch * x.ld());
        }
        return rows;
    }

    /** Returns what is left of the outputs. */
    Matrix forward() {
        key = dropout.nextKey();
        p = dropout.p();
        for (int row = 0; row < from.length; row++) {
            kernels.dropout(keyOf(row), p, from[row], to[row]);
        }
        return dropped;
    }

    private long keyOf(int row) {
        int sample = active == null ? row : active.sample(row);
        return RandomStream.at(key, workspace.firstRow() + sample);
    }

    /** Makes the gradient of the outputs of that of what was left of them. */
    void backward() {
        for (int row = 0; row < gradients.length; row++) {
            kernels.dropout(keyOf(row), p, gradients[row], gradients[row]);
        }
    }
}
