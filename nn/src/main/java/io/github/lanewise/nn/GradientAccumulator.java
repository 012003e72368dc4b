package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Adds up a parameter's gradient: where layers, which contribute to it, and optimizers, which use
 * it, meet.
 *
 * <p><b>No zeroing pass.</b> {@link #clear} only notes that the gradient is empty; the first
 * contribution then overwrites it and later ones add to it, by {@link #nextBeta}.
 *
 * <p><b>Gradient in the step.</b> Where the optimizer's step follows at once ({@link
 * #clearForStep}), a layer's product for the gradient may be deferred ({@link #add}), so that the
 * optimizer, which takes it by {@link #takeDeferred}, goes over memory once for both. Whoever asks
 * for the gradient before gets it all the same: it is computed then.
 *
 * <p><b>Rows.</b> Of a large table only some rows are used at a time ({@link #ofRows}): then only
 * these are cleared, and an optimizer whose rule leaves the others alone goes over these alone.
 */
public final class GradientAccumulator {

    private final int rows;
    private final int cols;
    private Matrix gradient;
    private volatile boolean open = true;
    private volatile boolean passed;
    private boolean filled;
    private boolean stepFollows;
    private WeightProduct deferred;
    private UsedRows used;
    private boolean whole = true;

    GradientAccumulator(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /** Returns the gradient, always the same matrix; its content counts unless it is empty. */
    public synchronized Matrix matrix() {
        if (gradient == null) {
            gradient = Matrix.zeros(rows, cols);
        }
        if (deferred != null) {
            takeDeferred().compute(0, gradient);
        }
        return gradient;
    }

    /** Sets whether contributions count; if not, the gradient is and stays empty. */
    void open(boolean whether) {
        open = whether;
        if (!whether) {
            clear();
        }
    }

    /**
     * Says that a backward pass goes by: until it is told otherwise, contributions do not count,
     * and what was added stays.
     */
    public void pass(boolean whether) {
        passed = whether;
    }

    boolean isOpen() {
        return open && !passed;
    }

    /** Returns whether nothing was added since it was cleared. */
    public boolean isEmpty() {
        return !filled;
    }

    /** Empties the gradient. */
    public void clear() {
        filled = false;
        stepFollows = false;
        deferred = null;
    }

    /** Empties the gradient and says that it serves only for a step, which follows at once. */
    public void clearForStep() {
        clear();
        stepFollows = true;
    }

    /**
     * Announces a contribution to {@link #matrix}.
     *
     * @return the beta with which to write it: 0 for the first one after {@link #clear}, which
     *     overwrites, else 1; always 0 where the parameter is not trainable, so that a layer which
     *     does not ask {@link Param#isTrainable} writes what nobody reads
     */
    public float nextBeta() {
        if (!isOpen()) {
            return 0;
        }
        if (deferred != null) {
            matrix();
        }
        float beta = filled ? 1 : 0;
        filled = true;
        whole = true;
        return beta;
    }

    /** Says that layers will announce which rows they add to, by {@link #nextRows}. */
    public void ofRows() {
        if (used == null) {
            used = new UsedRows(rows);
        }
    }

    /**
     * Announces a contribution to some rows of {@link #matrix}, to which it must be added; all rows
     * that nobody has announced since {@link #clear} are 0.
     *
     * @param indices of the rows, some of them perhaps several times
     * @param count how many of the indices count
     * @param skipped a row that nothing is added to; -1 for none
     */
    public void nextRows(int[] indices, int count, int skipped) {
        if (!isOpen()) {
            whole = true;
            return;
        }
        Matrix gradient = matrix();
        if (!filled) {
            clearRows(gradient);
            filled = true;
        }
        for (int i = 0; used != null && i < count; i++) {
            if (indices[i] != skipped) {
                used.add(indices[i]);
            }
        }
    }

    private void clearRows(Matrix gradient) {
        if (whole) {
            Arrays.fill(gradient.data(), 0);
        } else {
            for (int i = 0; i < used.count(); i++) {
                int from = used.row(i) * cols;
                Arrays.fill(gradient.data(), from, from + cols, 0);
            }
        }
        if (used != null) {
            used.clear();
            whole = false;
        }
    }

    /** Says that somebody may have written into any row. */
    public void anyRowMayBeUsed() {
        whole = true;
    }

    /** Returns how many rows hold anything but 0 at most; -1 if it may be all of them. */
    public int usedRows() {
        return whole ? -1 : used.count();
    }

    /** Returns one of the {@link #usedRows}, counted from 0. */
    public int usedRow(int i) {
        return used.row(i);
    }

    /** Adds a product, or defers it to the step; leaves it out if contributions do not count. */
    public void add(WeightProduct product) {
        if (!isOpen()) {
            return;
        }
        if (stepFollows && !filled) {
            filled = true;
            whole = true;
            deferred = product;
        } else {
            product.compute(nextBeta(), matrix());
        }
    }

    /**
     * Returns the product that is the whole gradient but not yet computed, or null; only once. Who
     * takes it computes it.
     */
    public WeightProduct takeDeferred() {
        WeightProduct product = deferred;
        deferred = null;
        stepFollows = false;
        return product;
    }
}
