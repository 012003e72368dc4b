package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/** Multiplies each row of a matrix by a number; the windows onto the rows are made once. */
final class WeightedRows {

    private final Matrix matrix;
    private final Matrix[] rows;

    private WeightedRows(Matrix matrix) {
        this.matrix = matrix;
        this.rows = new Matrix[matrix.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix.rowRange(i, i + 1);
        }
    }

    /** Returns the last windows if they are of this matrix, else new ones. */
    static WeightedRows of(Matrix matrix, WeightedRows last) {
        return last != null && last.matrix == matrix ? last : new WeightedRows(matrix);
    }

    /** Multiplies; a row of weight 0 becomes 0, whatever it was. */
    void weigh(Kernels kernels, float[] weights) {
        for (int i = 0; i < rows.length; i++) {
            if (weights[i] != 1) {
                kernels.scale(weights[i], rows[i]);
            }
        }
    }
}
