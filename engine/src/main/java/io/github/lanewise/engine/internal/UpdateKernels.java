package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

/** Optimizer steps; see {@link Update} for the mathematics. */
public interface UpdateKernels {

    /**
     * Applies a rule to the n elements of a row from column {@code from} on. Operands that are all
     * contiguous may be given as one long row 0.
     *
     * @param p the parameter
     * @param g its gradient
     * @param states as many as the rule has, or more
     */
    void update(Update rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n);
}
