package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Workspace;

/**
 * Sums of columns over the rows of a batch, such as the gradient of a bias. Where rows are steps of
 * sequences of unequal length, and so many that the kernel sums them in blocks, those that count
 * are brought together first: else it would show in the last bits how far sequences are padded.
 */
public final class RowSums {

    /**
     * Rows that {@link Kernels#columnSums} sums one after another; zeros among them add nothing.
     */
    private static final int BLOCK = 1024;

    private final Kernels kernels;
    private final Lengths lengths;
    private int[] rows = {};
    private Matrix valid;
    private Matrix window;

    /** Makes one for passes that are bound with this workspace. */
    public RowSums(Workspace workspace) {
        kernels = workspace.kernels();
        Lengths given = workspace.rowLengths();
        lengths = given == null || given.parts() > 1 ? null : given;
    }

    /**
     * Adds up columns: see {@link Kernels#columnSums}.
     *
     * @param x rows of samples, the same number for each step of each; 0 in padding
     */
    public void columnSums(Matrix x, float beta, Matrix sums) {
        boolean all = lengths == null || x.rows() <= BLOCK || x.rows() % steps() != 0;
        kernels.columnSums(all ? x : valid(x), beta, sums);
    }

    private int steps() {
        return lengths.batch() * lengths.steps();
    }

    private Matrix valid(Matrix x) {
        if (valid == null || rows.length != x.rows() || valid.cols() != x.cols()) {
            rows = new int[x.rows()];
            valid = Matrix.zeros(x.rows(), x.cols());
            window = valid;
        }
        int ofStep = x.rows() / steps();
        int count = 0;
        for (int i = 0; i < lengths.batch(); i++) {
            int first = i * lengths.steps() * ofStep;
            for (int k = 0; k < lengths.at(i) * ofStep; k++) {
                rows[count++] = first + k;
            }
        }
        if (window.rows() != count) {
            window = valid.rowRange(0, count);
        }
        kernels.gatherRows(x, rows, window);
        return window;
    }
}
