package io.github.lanewise.engine;

import java.util.Objects;

/**
 * The time steps of a recurrent layer, in the order in which they are computed: each is a product
 * with the same weight and a {@link Cell}, forward
 *
 * <pre>
 * c[s] = epilogue(a[s] weight + beta c[s]), then cells[s]
 * </pre>
 *
 * and backward
 *
 * <pre>
 * cells[s], then c[s] = epilogue(a[s] weight<sup>T</sup> + beta c[s])
 * </pre>
 *
 * Samples do not meet in it: row i of each matrix is made of rows i of the others. So matrices of
 * different steps are the same rows of memory or lie apart, and nothing is written into the weight
 * or the bias.
 *
 * @param backward which of the two
 * @param cells one for each step
 * @param a left operands, as many
 * @param weight the right operand, k x n; backward n x k
 * @param beta 0 or 1
 * @param c products, as many: m x n, with m the rows of every cell
 * @param epilogue a bias or nothing
 */
public record TimeSteps(
        boolean backward,
        Cell[] cells,
        Matrix[] a,
        Matrix weight,
        float beta,
        Matrix[] c,
        Epilogue epilogue) {

    /** Checks that all is there. */
    public TimeSteps {
        Objects.requireNonNull(cells, "cells");
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(epilogue, "epilogue");
    }

    /** Makes those of a forward pass. */
    public static TimeSteps forward(
            Matrix[] a, Matrix weight, float beta, Matrix[] c, Epilogue epilogue, Cell[] cells) {
        return new TimeSteps(false, cells, a, weight, beta, c, epilogue);
    }

    /** Makes those of a backward pass. */
    public static TimeSteps backward(
            Cell[] cells, Matrix[] a, Matrix weight, float beta, Matrix[] c) {
        return new TimeSteps(true, cells, a, weight, beta, c, Epilogue.NONE);
    }

    /** Returns how the weight is read. */
    public Transpose transpose() {
        return backward ? Transpose.NT : Transpose.NN;
    }
}
