package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.RowView;

/**
 * Turns batches of sequences into time-major rows and back: row t batch + i of the one is step t of
 * sample i, or of the sample in row i of {@link ActiveRows}.
 *
 * <p>With time outside, the samples of one step lie together, and so do the hidden states before
 * all steps, which makes one product of the weight's whole gradient.
 */
final class TimeMajor {

    private final Kernels kernels;
    private final RowView view;
    private final int batch;
    private final int steps;
    private final int[] batchRows;
    private final int[] timeRows;

    /** Makes one for steps of so many features. */
    TimeMajor(Kernels kernels, int batch, int steps, int features) {
        this.kernels = kernels;
        this.batch = batch;
        this.steps = steps;
        view = new RowView(kernels, features);
        batchRows = new int[batch * steps];
        timeRows = new int[batch * steps];
        for (int i = 0; i < batch; i++) {
            place(i, i);
        }
    }

    private void place(int sample, int row) {
        for (int t = 0; t < steps; t++) {
            batchRows[t * batch + row] = sample * steps + t;
            timeRows[sample * steps + t] = t * batch + row;
        }
    }

    /** Takes in the order of a new batch. */
    void update(ActiveRows active) {
        for (int i = 0; i < batch; i++) {
            place(i, active.row(i));
        }
    }

    /** Copies a batch of sequences into time-major rows. */
    void read(Matrix batch, Matrix rows) {
        kernels.gatherRows(view.of(batch), batchRows, rows);
    }

    /** Copies time-major rows into the rows of a batch of sequences: a row for each step. */
    void write(Matrix rows, Matrix batch) {
        kernels.gatherRows(rows, timeRows, batch);
    }
}
