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
 * cells[s], then c[s] = epilogue(a[s] weight^T + beta c[s])
 * </pre>
 *
 * With a {@link Projection} a step has a second product, of what its cell makes, or backward of
 * what its cell takes.
 *
 * <p>Samples do not meet in it: row i of each matrix is made of rows i of the others. So matrices
 * of different steps are the same rows of memory or lie apart, and nothing is written into the
 * weight or the bias.
 *
 * @param backward which of the two
 * @param cells one for each step
 * @param a left operands, as many
 * @param weight the right operand, k x n; backward n x k
 * @param beta 0 or 1
 * @param c products, as many: m x n, with m the rows of every cell
 * @param epilogue a bias or nothing
 * @param rows how many rows of each step are computed, the first ones, where samples are sequences
 *     of unequal length; read anew by each call; null for all
 * @param projection the second product, or null
 */
public record TimeSteps(
        boolean backward,
        Cell[] cells,
        Matrix[] a,
        Matrix weight,
        float beta,
        Matrix[] c,
        Epilogue epilogue,
        int[] rows,
        Projection projection) {

    /**
     * A product of each step: forward after the cell, to[s] = from[s] weight; backward before it,
     * to[s] = from[s] weight<sup>T</sup>.
     *
     * @param from left operands, as many as steps
     * @param weight the right operand
     * @param to products, as many
     */
    public record Projection(Matrix[] from, Matrix weight, Matrix[] to) {

        /** Checks that all is there. */
        public Projection {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(weight, "weight");
            Objects.requireNonNull(to, "to");
        }
    }

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
        return new TimeSteps(false, cells, a, weight, beta, c, epilogue, null, null);
    }

    /** Makes those of a backward pass. */
    public static TimeSteps backward(
            Cell[] cells, Matrix[] a, Matrix weight, float beta, Matrix[] c) {
        return new TimeSteps(true, cells, a, weight, beta, c, Epilogue.NONE, null, null);
    }

    /** Returns these steps, of each of which so many rows are computed; null for all. */
    public TimeSteps rows(int[] rows) {
        return new TimeSteps(backward, cells, a, weight, beta, c, epilogue, rows, projection);
    }

    /** Returns these steps with a second product; null for none. */
    public TimeSteps projection(Projection projection) {
        return new TimeSteps(backward, cells, a, weight, beta, c, epilogue, rows, projection);
    }

    /** Returns how many rows of a step are computed. */
    public int rows(int step) {
        return rows == null ? c[step].rows() : rows[step];
    }

    /** Returns how the weight is read. */
    public Transpose transpose() {
        return backward ? Transpose.NT : Transpose.NN;
    }
}
