package io.github.lanewise.engine;

/**
 * Which operand of a product is read transposed; the letters are BLAS's: N as it is, T transposed.
 */
public enum Transpose {
    /** c = a b, with a m x k and b k x n: the forward pass. */
    NN(false, false),
    /** c = a b<sup>T</sup>, with a m x k and b n x k: the input gradient. */
    NT(false, true),
    /** c = a<sup>T</sup> b, with a k x m and b k x n: the weight gradient. */
    TN(true, false);

    private final boolean a;
    private final boolean b;

    Transpose(boolean a, boolean b) {
        this.a = a;
        this.b = b;
    }

    /** Returns whether a is read transposed. */
    public boolean a() {
        return a;
    }

    /** Returns whether b is read transposed. */
    public boolean b() {
        return b;
    }

    /** Returns m: the rows of the product, given its left operand. */
    public int rows(Matrix left) {
        return a ? left.cols() : left.rows();
    }

    /** Returns n: the columns of the product, given its right operand. */
    public int cols(Matrix right) {
        return b ? right.rows() : right.cols();
    }

    /** Returns k: the length of the sums, given the left operand. */
    public int depth(Matrix left) {
        return a ? left.rows() : left.cols();
    }
}
