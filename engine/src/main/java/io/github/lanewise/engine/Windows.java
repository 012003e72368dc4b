package io.github.lanewise.engine;

/**
 * Operations that slide a window over images: convolution and pooling.
 *
 * <p>A batch of images is a matrix with one row for each image. A row holds channel after channel,
 * each row by row from the top (PyTorch's NCHW). Weights of a {@link Convolution} are one row for
 * each output channel, of {@link Convolution#depth()} numbers: input channel of the group, then row
 * and column of the window, the last running fastest (PyTorch's layout, flattened).
 *
 * <p>For output channel o, patch(p, q) is the image's element under tap p = (channel, row, column)
 * of the window at output position q = (row, column): 0 where that is padding. As everywhere (see
 * {@link Kernels}), all kernel sets and thread counts return the same bits, NaN stays NaN (a zero
 * of the padding times infinity included), wrong shapes throw {@link IllegalArgumentException}, and
 * nothing is allocated.
 *
 * <p><b>Chunks.</b> For the gradient of the weights a batch is cut into chunks of 32 images; of an
 * eighth of it, rounded up, if that is more; or of a k-th, if only k times the weights are 2^22
 * numbers or fewer. Where there are several, the gradient is summed over each by itself, as its
 * method says, from 0; these sums are added up in ascending order.
 *
 * <p><b>Strided gradients.</b> Where depth is 32 or less, a group has 4 output channels or more,
 * rows have stride and dilation 1 and there are 128 to 4096 outputs, a weight's gradient over a
 * chunk is 16 partial sums, each a chain from 0: position q of an image belongs to sum q mod 16.
 * Then sum i takes in sum i + h for h = 8, 4, 2, 1; the result is sum 0, added to dWeight if beta
 * is 1.
 *
 * <p><b>Winograd's algorithm.</b> Large convolutions take fewer multiplications (Winograd, 1980;
 * Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016). Outputs are cut into
 * tiles of m x m, m = n + 1 - kernel on each side; each sees n x n inputs, n being 6 or 8. Let E
 * evaluate a polynomial at n points, 0, 1, -1, 2, -2, of eight also 1/2 and -1/2, and infinity (a
 * row each); let P interpolate one of n coefficients from there but for the divisions by f = 4, -6,
 * -6, 24, 24, 1 or f = 1, -4.5, -4.5, 90, 90, 1.40625, 1.40625, 1 (n x n), and let F hold 1 / (f[i]
 * f[j]). With . for products element by element and ' for transposed matrices, for tiles of one
 * output and one input channel:
 *
 * <pre>
 *   y  = E' ((F . E weight E') . (P' x P)) E
 *   dx = P  ((F . E weight E') . (E dy E')) P'
 *   dWeight = E' (F . (P' x P) . (E dy E')) E
 * </pre>
 *
 * <p>What is between the outer matrices is summed, for each pair of points, by chains of fma in
 * ascending order of the input channels of the group (y), its output channels (dx), or images and
 * tiles (dWeight, which F multiplies afterwards); what overlapping tiles give to dx is added in the
 * order of the tiles. Columns go first, then rows; the order within E and P is that of the scalar
 * kernels.
 *
 * <p>With i and o for the group's input and output channels, it is taken with the n of less work n
 * n ((tiles + 2) i o + 8 tiles (i + o)), 6 if equal, where that is less than outputs * taps * i o,
 * every input is seen, i and o are 16 or more, n n i o is 4718592 or less, stride and dilation are
 * 1, and both kernel sides are 3 or, with n = 8, 5. Its errors are larger, in root mean squares
 * 1e-6 to 4e-6 of the result with n = 6 and 2e-6 to 6e-6 with n = 8, of 16 to 256 channels, where
 * the chains below have 1e-7 to 1e-6.
 *
 * <p><b>Wide images.</b> It mixes all that a tile sees, so that errors are in proportion to the
 * largest value of the tile, also in results that do not see that value. So images whose values lie
 * too far apart go by the chains below, whole, whatever else is in their batch. An image is wide if
 * in a group of its channels a value is NaN, infinite or larger than 2^100; or if in some tile the
 * largest magnitude is more than 128 times that of all that one of the tile's results sees, unless
 * that is 0. For y values are those of x, results those of y, and a tile's values the n x n that it
 * sees; for dx values are those of dy, results those of dx, and a tile's values m x m. What an
 * image that is wide in x or dy gives to dWeight is a chain that starts from the sum over the
 * others, in which it counts as zeros.
 *
 * <p>Sums for a channel of y (or dx) all of whose weights are 0 or more, from a group of channels
 * of an image in which all of x (or dy) are, cannot be negative: where rounding made them so, they
 * become 0. What remains: sums that are exactly 0 may come out as an error; an infinite weight
 * makes all outputs of its channel NaN; and weights of one filter that lie far apart are as exact
 * as the largest.
 */
public interface Windows {

    /**
     * Convolves (cross-correlates, as all of deep learning does): y[o][q] = epilogue(sum).
     *
     * <p>The sum is one chain s = fma(weight[o][p], patch(p, q), s) for ascending p, from 0, but
     * for Winograd's algorithm.
     *
     * @param shape the channels and the window
     * @param x batch x (in * inputs)
     * @param weight outChannels x depth
     * @param y batch x (out * outputs); apart from x and weight
     * @param epilogue applied once to each element; its bias is 1 x out, its saved matrix of y's
     *     shape
     */
    void convolve(Convolution shape, Matrix x, Matrix weight, Matrix y, Epilogue epilogue);

    /**
     * Takes the gradient of the weights: dWeight[o][p] is one chain s = fma(dy[o][q], patch(p, q),
     * s) over the images of a chunk and, within an image, ascending positions q, but for strided
     * gradients and Winograd's algorithm.
     *
     * @param shape the channels and the window
     * @param x what was convolved
     * @param dy gradient with respect to y
     * @param beta 0 to start from 0 (dWeight is then never read), 1 to start from dWeight
     * @param dWeight outChannels x depth; apart from x and dy
     */
    void convolveWeightGradient(Convolution shape, Matrix x, Matrix dy, float beta, Matrix dWeight);

    /**
     * Takes the gradient of the image, which is also a transposed convolution: dx[i] =
     * epilogue(sum).
     *
     * <p>Let g(p, q) be the chain g = fma(weight[o][p], dy[o][q], g) for the group's ascending o,
     * from 0. The sum for element i adds, from 0, g(p, q) of all pairs with patch(p, q) = element
     * i, in the order of p. Or the sums are those of Winograd's algorithm.
     *
     * @param shape the channels and the window
     * @param dy gradient with respect to y
     * @param weight outChannels x depth
     * @param dx batch x (in * inputs); apart from dy and weight
     * @param epilogue applied once to each element; its bias is 1 x in, its saved matrix of dx's
     *     shape
     */
    void convolveInputGradient(
            Convolution shape, Matrix dy, Matrix weight, Matrix dx, Epilogue epilogue);

    /**
     * Takes the largest element of each window of each channel; padding counts as minus infinity.
     *
     * <p>Elements are compared in row-major order, and one that is larger than the largest so far,
     * or NaN, takes its place: so the first of equals wins, and NaN stays.
     *
     * @param window the window
     * @param x batch x (channels * inputs)
     * @param y batch x (channels * outputs)
     * @param indices receives for each element of y, row after row, where in its row of x the
     *     element came from; -1 for a window of padding alone. May be null
     */
    void maxPool(Window window, Matrix x, Matrix y, int[] indices);

    /**
     * Backpropagates through {@link #maxPool}: dx is 0, and then each dy, in ascending order, is
     * added to the element that was chosen.
     *
     * @param window the window
     * @param indices what {@link #maxPool} chose under this window; other indices have no meaning
     * @param dy gradient with respect to y
     * @param dx receives the gradient with respect to x; apart from dy
     */
    void maxPoolGradient(Window window, int[] indices, Matrix dy, Matrix dx);

    /**
     * Takes the mean of each region of each channel: the strided sum (see {@link Kernels}) of each
     * of its rows, added in ascending order from 0, divided by the cells.
     *
     * @param rows regions from top to bottom
     * @param cols regions from left to right
     * @param x batch x (channels * rows.size() * cols.size())
     * @param y batch x (channels * rows.out() * cols.out())
     */
    void averagePool(Regions rows, Regions cols, Matrix x, Matrix y);

    /**
     * Backpropagates through {@link #averagePool}: dx is 0, and then dy / cells of each output, in
     * ascending order, is added to all elements of its region.
     */
    void averagePoolGradient(Regions rows, Regions cols, Matrix dy, Matrix dx);
}
