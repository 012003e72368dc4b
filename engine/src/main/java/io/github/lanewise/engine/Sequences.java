package io.github.lanewise.engine;

/**
 * Operations of layers that read sequences: recurrent steps, many small products, embeddings.
 *
 * <p>What {@link Kernels} says of NaN, padding, order of summation, errors and threads holds here.
 */
public interface Sequences {

    /**
     * Computes the gates of one time step: see {@link Cell}. Its matrices must not overlap, except
     * that a gradient may overwrite what it says it receives.
     */
    void step(Cell cell);

    /**
     * Computes time steps, one after another, each product as {@link Kernels#gemm} and each cell as
     * {@link #step}.
     */
    void run(TimeSteps steps);

    /**
     * Multiplies pairs of matrices: c[s] = alpha op(a[s]) op(b[s]), as {@link
     * #multiplyEach(Transpose, Matrix[], Matrix[], float, float, Matrix[])} with beta 0.
     */
    default void multiplyEach(
            Transpose transpose, Matrix[] a, Matrix[] b, float alpha, Matrix[] c) {
        multiplyEach(transpose, a, b, alpha, 0, c);
    }

    /**
     * Multiplies pairs of matrices: c[s] = alpha (op(a[s]) op(b[s]) + beta c[s]), each product as
     * {@link Kernels#gemm}, then times alpha if that is not 1.
     *
     * @param transpose which operands are transposed
     * @param a left operands
     * @param b right operands, as many
     * @param alpha factor
     * @param beta 0 to overwrite c, 1 to add to it
     * @param c products, as many, each apart from all others and from all operands
     */
    void multiplyEach(
            Transpose transpose, Matrix[] a, Matrix[] b, float alpha, float beta, Matrix[] c);

    /**
     * Adds rows to chosen rows, in ascending order of i: y[rows[i]][j] = y[rows[i]][j] + x[i][j].
     *
     * @param x the rows to add
     * @param rows at least x.rows() row numbers of y
     * @param skipped a row number of y that nothing is added to; -1 for none
     * @param y any number of rows, as wide as x
     */
    void addRows(Matrix x, int[] rows, int skipped, Matrix y);
}
