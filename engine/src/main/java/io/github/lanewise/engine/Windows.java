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
 */
public interface Windows {

    /**
     * Convolves (cross-correlates, as all of deep learning does): y[o][q] = epilogue(sum).
     *
     * <p>The sum is one chain s = fma(weight[o][p], patch(p, q), s) for ascending p, from 0.
     *
     * @param shape the channels and the window
     * @param x batch x (in * inputs)
     * @param weight out x depth
     * @param y batch x (out * outputs); apart from x and weight
     * @param epilogue applied once to each element; its bias is 1 x out, its saved matrix of y's
     *     shape
     */
    void convolve(Convolution shape, Matrix x, Matrix weight, Matrix y, Epilogue epilogue);

    /**
     * Takes the gradient of the weights: dWeight[o][p] is one chain s = fma(dy[o][q], patch(p, q),
     * s) over all images and, within an image, ascending positions q.
     *
     * @param shape the channels and the window
     * @param x what was convolved
     * @param dy gradient with respect to y
     * @param beta 0 to start from 0 (dWeight is then never read), 1 to start from dWeight
     * @param dWeight out x depth; apart from x and dy
     */
    void convolveWeightGradient(Convolution shape, Matrix x, Matrix dy, float beta, Matrix dWeight);

    /**
     * Takes the gradient of the image, which is also a transposed convolution: dx[i] =
     * epilogue(sum).
     *
     * <p>Let g(p, q) be the chain g = fma(weight[o][p], dy[o][q], g) for the group's ascending o,
     * from 0. The sum for element i adds, from 0, g(p, q) of all pairs with patch(p, q) = element
     * i, in the order of p.
     *
     * @param shape the channels and the window
     * @param dy gradient with respect to y
     * @param weight out x depth
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
     * @param chosen receives for each element of y, row after row, where in its row of x the
     *     element came from; -1 for a window of padding alone. May be null
     */
    void maxPool(Window window, Matrix x, Matrix y, int[] chosen);

    /**
     * Backpropagates through {@link #maxPool}: dx is 0, and then each dy, in ascending order, is
     * added to the element that was chosen.
     *
     * @param window the window
     * @param chosen what {@link #maxPool} chose under this window; other places have no meaning
     * @param dy gradient with respect to y
     * @param dx receives the gradient with respect to x; apart from dy
     */
    void maxPoolGradient(Window window, int[] chosen, Matrix dy, Matrix dx);

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
