package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.RowView;

/**
 * Gives a batch of classes x positions, or of positions x classes, a row of classes for each
 * position: by a view where classes are last, by a copy where they are first.
 */
final class ClassRows {

    /** Positions that are copied while their cache lines are at hand. */
    private static final int BLOCK = 16;

    private final int positions;
    private final int classes;
    private final boolean first;
    private final RowView view;
    private final Matrix rows;

    ClassRows(Kernels kernels, int batch, int positions, int classes, boolean first) {
        this.positions = positions;
        this.classes = classes;
        this.first = first && positions > 1;
        this.view = this.first || positions == 1 ? null : new RowView(kernels, classes);
        this.rows = this.first ? Matrix.zeros(batch * positions, classes) : null;
    }

    /** Returns the rows of a batch. */
    Matrix of(Matrix batch) {
        if (first) {
            for (int i = 0; i < batch.rows(); i++) {
                copy(batch, i, true);
            }
            return rows;
        }
        return view == null ? batch : view.of(batch);
    }

    /** Returns rows that {@link #writeBack} makes those of a batch, or which are. */
    Matrix into(Matrix batch) {
        return first ? rows : of(batch);
    }

    /** Lets a batch have what was written into its rows. */
    void writeBack(Matrix batch) {
        for (int i = 0; first && i < batch.rows(); i++) {
            copy(batch, i, false);
        }
    }

    /** Brings the rows of one sample together; returns where they begin in {@link #gathered}. */
    int gather(Matrix batch, int sample) {
        if (!first) {
            return batch.offset() + sample * batch.ld();
        }
        copy(batch, sample, true);
        return sample * positions * classes;
    }

    /** Returns the array into which the rows of samples of a batch are gathered. */
    float[] gathered(Matrix batch) {
        return first ? rows.data() : batch.data();
    }

    private void copy(Matrix batch, int sample, boolean toRows) {
        int images = batch.offset() + sample * batch.ld();
        int pixels = sample * positions * classes;
        for (int from = 0; from < positions; from += BLOCK) {
            int to = Math.min(positions, from + BLOCK);
            for (int c = 0; c < classes; c++) {
                int image = images + c * positions;
                for (int p = from; p < to; p++) {
                    int row = pixels + p * classes + c;
                    if (toRows) {
                        rows.data()[row] = batch.data()[image + p];
                    } else {
                        batch.data()[image + p] = rows.data()[row];
                    }
                }
            }
        }
    }
}
