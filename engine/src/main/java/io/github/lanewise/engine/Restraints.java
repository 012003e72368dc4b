package io.github.lanewise.engine;

/**
 * Operations that keep gradients and weights within bounds: clipping, penalties and constraints.
 *
 * <p>Each is one pass over memory on the calling thread; what {@link Kernels} says of bits, windows
 * and errors holds here too.
 */
public interface Restraints {

    /** Moves each element into [low, high]: x = x &lt; low ? low : x &gt; high ? high : x. */
    void clamp(float low, float high, Matrix x);

    /** Returns the sum of |x|: as {@link Kernels#sum} sums the absolute values. */
    double sumOfAbsolutes(Matrix x);

    /** Returns the largest |x|, NaN if any is NaN, 0 if there is none. */
    float maxOfAbsolutes(Matrix x);

    /**
     * Adds a multiple of the sign: y = fma(alpha, sign(x), y), with sign(x) = x for 0 and NaN;
     * where alpha is 0 y stays, whatever x.
     */
    void addSign(float alpha, Matrix x, Matrix y);

    /**
     * Shrinks each column that is too long: x[i][j] = x[i][j] * (limit / norms[j]) where norms[j]
     * is above the limit.
     *
     * @param limit greatest norm, above 0
     * @param x any matrix
     * @param norms 1 x columns, receives the Euclidean norms before: the square root of the sum of
     *     x[i][j]<sup>2</sup> over ascending i, all in double
     */
    void limitColumnNorms(float limit, Matrix x, Matrix norms);

    /**
     * Shrinks each row that is too long: x[i][j] = x[i][j] * (limit / norms[i]) where norms[i] is
     * above the limit.
     *
     * @param limit greatest norm, above 0
     * @param x any matrix
     * @param norms 1 x rows, receives the Euclidean norms before: the square root of {@link
     *     Kernels#dot} of the row with itself, in double
     */
    void limitRowNorms(float limit, Matrix x, Matrix norms);
}
