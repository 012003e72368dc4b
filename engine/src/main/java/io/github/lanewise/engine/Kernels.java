package io.github.lanewise.engine;

/**
 * Every operation on float arrays that a network needs.
 *
 * <p>All kernel sets return the same bits for every vector width and thread count, because each
 * method fixes the order of its floating-point operations. {@code fma(a, b, c)} is a * b + c
 * rounded once. NaN in gives NaN out (the payload is not fixed); infinities and -0 follow IEEE 754.
 *
 * <p>Common to all methods: an empty dimension is allowed and does nothing beyond the definition;
 * padding is neither read nor written; an output may be the very same window as an input where the
 * method says "in place", and must not overlap an input otherwise. Wrong shapes throw {@link
 * IllegalArgumentException}, null throws {@link NullPointerException}. Any number of threads may
 * call at once, on different outputs. Nothing is allocated.
 *
 * <p><b>Strided sum.</b> Where n elements are summed along a row, let m be n rounded down to a
 * multiple of 16. Element j &lt; m is added to partial sum j mod 32, each starting from 0, in
 * ascending j; then partial sum i takes in partial sum i + h for h = 16, 8, 4, 2, 1; then partial
 * sum 0 takes in elements m, ..., n - 1 one by one. The result is partial sum 0.
 *
 * <p>A sum of more than 4096 elements is that of the first h, plus that of the rest, with h the
 * largest power of two below n; so on down to 4096.
 *
 * <p><b>Wide sum.</b> Where n elements become one number, in double, so that a sum of millions is
 * as exact as one of a few: lane i takes in the elements j with j mod 16 = i, up to the last
 * multiple of 16. Of each 256 elements it adds its sixteen in float, as a balanced tree: t(1) =
 * x[i] + x[i + 16], t(2) = t(1) + the next t(1), up to t(8), and adds that in double; then those
 * beyond the last multiple of 256 one by one in double. Then lane i takes in lane i + h for h = 8,
 * 4, 2, 1, and lane 0 the elements that are left. For products, t(1) = fma(x[i + 16], y[i + 16],
 * x[i] * y[i]), and a product alone is rounded to float.
 *
 * <p><b>Row maximum.</b> max(x) is the largest element that is not NaN, minus infinity if there is
 * none, with -0 turned into 0.
 */
public interface Kernels {

    /**
     * Multiplies two matrices: c = epilogue(op(a) op(b) + beta c).
     *
     * <p>c[i][j] is one chain c = fma(op(a)[i][p], op(b)[p][j], c) for p = 0, 1, ..., k-1, starting
     * from 0 if beta is 0 (c is then never read), from c[i][j] if beta is 1.
     *
     * @param transpose which operand is transposed; gives m, n and k
     * @param a left operand
     * @param b right operand
     * @param beta 0 to overwrite c, 1 to add to it
     * @param c m x n; overlaps neither a nor b
     * @param epilogue applied once to each element; its bias is 1 x n, its saved matrix m x n
     */
    void gemm(Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue);

    /** Applies a pointwise function: y = f(x). In place allowed. */
    void activate(Activation f, Matrix x, Matrix y);

    /**
     * Backpropagates through a pointwise function: dx = dy f', with f' from what the forward pass
     * kept. In place allowed, dx on dy or on saved.
     *
     * @param f the function
     * @param saved x or y, as {@link Activation#saved()} says
     * @param dy gradient with respect to y
     * @param dx receives the gradient with respect to x
     */
    void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx);

    /**
     * Adds a multiple: y = fma(alpha, x, y); where alpha is 0 y stays, whatever x. In place allowed
     * (x is y).
     */
    void axpy(float alpha, Matrix x, Matrix y);

    /**
     * Combines two matrices element by element: z = x + y, x - y or x * y. In place allowed, z on x
     * or on y.
     */
    void combine(Combination how, Matrix x, Matrix y, Matrix z);

    /** Multiplies by a number: x = alpha * x; 0 where alpha is 0, whatever x. */
    void scale(float alpha, Matrix x);

    /**
     * Drops elements at random and scales up the others: y[i][j] = 0 with probability p, whatever
     * x[i][j], else x[i][j] * (1 / (1 - p)). In place allowed.
     *
     * <p>Which are dropped depends on the key and on k = i * x.cols() + j alone, so the same call
     * on gradients backpropagates. With mix the finalizer of MurmurHash3, h = mix(mix(k + low half
     * of key) ^ high half of key), element k is kept if the upper 24 bits of h are at least p *
     * 2<sup>24</sup>.
     *
     * @param key a random number; each mask has its own
     * @param p probability of being dropped, 0 to 1
     */
    void dropout(long key, float p, Matrix x, Matrix y);

    /** Adds one row to every row: y[i][j] = y[i][j] + row[j]. */
    void addRow(Matrix row, Matrix y);

    /**
     * Sums each column: sums[j] = beta sums[j] + x[0][j] + x[1][j] + ..., in ascending row order,
     * in blocks of 1024 rows: the first block's sum begins with beta sums[j], that of each other
     * from 0; where there are several, their sums are added in double, in ascending order from 0,
     * and the total is rounded to float.
     *
     * @param x m x n
     * @param beta 0 to start from 0 (sums is then never read), 1 to add to sums
     * @param sums 1 x n
     */
    void columnSums(Matrix x, float beta, Matrix sums);

    /**
     * Takes the softmax of each row: y[j] = e[j] * (1 / sum(e)), e[j] = exp(x[j] - max(x)), a
     * strided sum. In place allowed. A row with NaN or plus infinity becomes NaN; one of minus
     * infinity alone, as of a query that sees no key, becomes 0.
     */
    void softmax(Matrix x, Matrix y);

    /**
     * Takes the logarithm of the softmax of each row: y[j] = (x[j] - max(x)) - log(sum(e)), with e
     * as in {@link #softmax}. In place allowed.
     */
    void logSoftmax(Matrix x, Matrix y);

    /**
     * Backpropagates through {@link #softmax}: dx[j] = y[j] * (dy[j] - s), s the strided sum of
     * fma(dy[j], y[j], .). In place allowed, dx on dy.
     */
    void softmaxGradient(Matrix y, Matrix dy, Matrix dx);

    /**
     * Backpropagates through {@link #logSoftmax}: dx[j] = fma(-exp(y[j]), s, dy[j]), s the strided
     * sum of dy; where s is 0, dx[j] = dy[j], whatever y. In place allowed, dx on dy.
     */
    void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx);

    /**
     * Takes the cross-entropy of softmax(logits) against class labels, with its gradient.
     *
     * <p>losses[i] = log(sum(e)) - (x[label] - max(x)), and dLogits[i][j] = scale * softmax(x)[j],
     * or scale * (softmax(x)[j] - 1) where j is the label, for x = row i of logits.
     *
     * @param logits batch x classes
     * @param labels at least batch class numbers, each from 0 to classes - 1
     * @param scale factor of the gradient; 1 / batch for a mean loss
     * @param losses 1 x batch, receives the loss of each row
     * @param dLogits batch x classes, receives the gradient; may be logits itself, or null for none
     */
    void softmaxCrossEntropy(
            Matrix logits, int[] labels, float scale, Matrix losses, Matrix dLogits);

    /** Returns the losses other than {@link #softmaxCrossEntropy}. */
    Losses losses();

    /**
     * Returns the sum of all elements: the wide sums of x's rows, added in double from 0 in
     * ascending order. Where that is not finite, a row's sum is taken again in double: four partial
     * sums over j mod 4 up to a multiple of 4, (0 + 2) + (1 + 3), then the rest one by one.
     */
    double sum(Matrix x);

    /**
     * Returns the dot product, the wide sums of the products in a row added like those of {@link
     * #sum}. Where that is not finite or below 2<sup>-64</sup> in size, floats may have overflown
     * or vanished, and it is taken again in double as there; a product is exact then.
     */
    double dot(Matrix x, Matrix y);

    /**
     * Returns the sum of weights[i][j] * x[i][j], like {@link #dot}, but without the elements whose
     * weight is 0, whatever x there. Where that is not finite it is taken again in double, from the
     * first product of a row to the last.
     *
     * @param weights m x n
     * @param x m x n
     */
    double weightedSum(Matrix weights, Matrix x);

    /**
     * Applies one optimizer step to a parameter: see {@link Update}.
     *
     * @param rule the rule and its numbers
     * @param value the parameter
     * @param gradient its gradient
     * @param states as many matrices as {@link Update#states()} says, all of the parameter's shape
     */
    void update(Update rule, Matrix value, Matrix gradient, Matrix... states);

    /**
     * Computes a gradient and applies an optimizer step with it, block by block while the gradient
     * is in cache: {@link #gemm} with beta = 0 and c = gradient, then {@link #update}.
     *
     * @param transpose which operand of the product is transposed
     * @param a left operand of the product
     * @param b right operand of the product
     * @param rule the rule and its numbers
     * @param value the parameter; overlaps neither a nor b
     * @param gradient receives its gradient, op(a) op(b); overlaps no other operand
     * @param states as many matrices as {@link Update#states()} says, all of the parameter's shape
     */
    void gemmThenUpdate(
            Transpose transpose,
            Matrix a,
            Matrix b,
            Update rule,
            Matrix value,
            Matrix gradient,
            Matrix... states);

    /** Returns the operations that keep gradients and weights within bounds. */
    Restraints restraints();

    /**
     * Copies chosen rows: y[i] = source[rows[i]].
     *
     * @param source any number of rows, as wide as y
     * @param rows at least y.rows() row numbers
     * @param y receives the rows
     */
    void gatherRows(Matrix source, int[] rows, Matrix y);

    /**
     * Copies chosen rows of unsigned bytes: y[i][j] = fma(source[rows[i] * y.cols() + j], scale,
     * shift).
     *
     * @param source rows of y.cols() bytes, each read as 0 to 255
     * @param rows at least y.rows() row numbers
     * @param scale factor
     * @param shift added after
     * @param y receives the rows
     */
    void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y);

    /** Returns the operations that normalize rows. */
    Normalizations normalizations();

    /** Returns the operations of layers that read sequences. */
    Sequences sequences();

    /** Returns the operations that slide a window over images: convolution and pooling. */
    Windows windows();

    /** Returns the operations on the channels of images: sums and batch normalization. */
    ChannelNormalizations channelNormalizations();
}
