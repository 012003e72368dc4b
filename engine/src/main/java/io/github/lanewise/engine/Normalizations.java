package io.github.lanewise.engine;

/**
 * Operations that bring each row to mean 0 and variance 1, or to mean square 1.
 *
 * <p>What {@link Kernels} says of NaN, padding, order of summation, errors and threads holds here.
 */
public interface Normalizations {

    /**
     * Normalizes each row: with n elements x[j] of row i,
     *
     * <pre>
     * mean = centered ? x[0] + sum(x - x[0]) / n : 0              sum: a strided sum
     * d[j] = x[j] - mean
     * s = centered ? sum(d) : 0                                   what the mean's rounding left
     * square = max(0, fma(-(s / n), s, sum(d d)))                 sum: strided, of fma(d[j], d[j], .)
     * scales[i] = 1 / sqrt(square / n + eps)
     * o = centered ? -(s / n * scales[i]) : -0
     * normalized[j] = fma(d[j], scales[i], o)
     * y[j] = fma(normalized[j], weight[j], bias[j])               row i mod g of weight and bias
     * </pre>
     *
     * So the rounding of the mean of a row far from 0 is not in the result, and a constant row
     * becomes 0. Without a bias y[j] = normalized[j] * weight[j]; without a weight y[j] =
     * normalized[j].
     *
     * @param norm whether rows are centered, and eps
     * @param x m x n
     * @param weight g x n, or null for none
     * @param bias g x n, or null for none; only with a weight
     * @param normalized m x n, for the gradient; may be y itself where no gradient is wanted
     * @param scales 1 x m, for the gradient
     * @param y m x n; may be x itself
     */
    void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y);

    /**
     * Backpropagates through {@link #normalize}: with v = normalized,
     *
     * <pre>
     * g[j] = dy[j] * weight[j]                                    without a weight dy[j]
     * a = centered ? sum(g) / n : 0                               sum: a strided sum
     * b = sum(g v) / n                                            sum: strided, of fma(g[j], v[j], .)
     * dx[j] = fma(-b, v[j], g[j] - a) * scales[i]
     * </pre>
     *
     * @param norm as in the forward call
     * @param normalized what the forward call left
     * @param scales what the forward call left
     * @param weight as in the forward call
     * @param dy gradient with respect to y
     * @param dx receives the gradient with respect to x; may be dy itself
     */
    void normalizeGradient(
            RowNorm norm, Matrix normalized, Matrix scales, Matrix weight, Matrix dy, Matrix dx);

    /**
     * Takes the dot product of each pair of columns: sums[j] = beta sums[j], then fma(x[i][j],
     * y[i][j], sums[j]) for i = 0, 1, ...; the gradient of the weight for x = normalized, y = dy.
     *
     * @param x m x n
     * @param y m x n
     * @param beta 0 to start from 0 (sums is then never read), 1 to add to sums
     * @param sums 1 x n
     */
    void columnDots(Matrix x, Matrix y, float beta, Matrix sums);
}
