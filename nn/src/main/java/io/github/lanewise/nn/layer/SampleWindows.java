package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;

/** Windows onto the samples of a batch, each some rows of a matrix; made once for each matrix. */
final class SampleWindows {

    private final Matrix matrix;
    private final Matrix[] samples;

    private SampleWindows(Matrix matrix, int rows) {
        this.matrix = matrix;
        this.samples = new Matrix[matrix.rows() / rows];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = matrix.rowRange(i * rows, (i + 1) * rows);
        }
    }

    /**
     * Returns the last windows if they are of this matrix, else new ones.
     *
     * @param rows of a sample
     */
    static SampleWindows of(Matrix matrix, int rows, SampleWindows last) {
        return last != null && last.matrix == matrix ? last : new SampleWindows(matrix, rows);
    }

    Matrix get(int sample) {
        return samples[sample];
    }
}
