package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * Multiplies each row of a matrix, or each of its equal parts, by a number; the windows onto them
 * are made once.
 */
final class WeightedRows {

    private final Matrix matrix;
    private final Matrix[] rows;

    private WeightedRows(Matrix matrix, int parts) {
        this.matrix = matrix;
        this.rows = new Matrix[matrix.rows() * parts];
        int cols = matrix.cols() / parts;
        for (int i = 0; i < rows.length; i++) {
            int at = matrix.offset() + i / parts * matrix.ld() + i % parts * cols;
            rows[i] = new Matrix(matrix.data(), at, 1, cols, cols);
        }
    }

    /** Returns the last windows if they are of this matrix, else new ones. */
    static WeightedRows of(Matrix matrix, int parts, WeightedRows last) {
        boolean same =
                last != null && last.matrix == matrix && last.rows.length == matrix.rows() * parts;
        return same ? last : new WeightedRows(matrix, parts);
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
