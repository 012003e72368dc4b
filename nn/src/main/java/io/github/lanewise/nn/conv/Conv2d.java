package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Images;

/**
 * Slides a window over images: outputs[o] = bias[o] + the sum over input channels and window of
 * weight times what the window sees (a cross-correlation, as PyTorch's).
 *
 * <p>Inputs are images of in x height x width; outputs are out x height' x width', with height' =
 * (height + 2 padding - dilation (kernel - 1) - 1) / stride + 1, rounded down. The weight is out x
 * (in / groups * kernel * kernel), PyTorch's flattened. By default stride and dilation are 1,
 * padding 0, groups 1. Weight and bias start from {@link Initializer#kaimingUniform} of a row of
 * the weight.
 *
 * <p>Backward: dWeight[o][p] = the sum over batch and positions of dOutputs[o] times what tap p
 * sees, dBias[o] = the sum of dOutputs[o], dInputs = the transposed convolution of dOutputs.
 *
 * <p>Windows of 3 or 5 taps a side, with stride and dilation 1, go by Winograd's algorithm if the
 * images are not tiny, a group has 16 channels or more on both sides, and their pairs are not more
 * than 131,072 (3 x 3 taps) or 73,728: two to three times as fast, with rounding errors of 1e-6 to
 * 5e-6 of the results' size for 16 to 128 channels ({@link io.github.lanewise.engine.Windows} has
 * the rule).
 *
 * <pre>{@code new Conv2d(16, 32, 3).stride(2).padding(1)}</pre>
 */
public final class Conv2d extends ConvolutionLayer {

    private final int in;
    private final int out;
    private final int groups;
    private final Side rows;
    private final Side cols;

    /** Makes a layer from {@code in} to {@code out} channels with a square window. */
    public Conv2d(int in, int out, int kernel) {
        this(in, out, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Conv2d(int in, int out, int kernelHeight, int kernelWidth) {
        this(in, out, 1, Side.of(kernelHeight), Side.of(kernelWidth), true);
    }

    private Conv2d(int in, int out, int groups, Side rows, Side cols, boolean bias) {
        check("Conv2d", in, out, groups);
        super(out, in / groups * rows.kernel() * cols.kernel(), bias ? out : 0);
        this.in = in;
        this.out = out;
        this.groups = groups;
        this.rows = rows;
        this.cols = cols;
    }

    private Conv2d with(int groups, Side rows, Side cols) {
        return new Conv2d(in, out, groups, rows, cols, bias() != null);
    }

    /** Returns such a layer, with parameters of its own, whose window moves so far. */
    public Conv2d stride(int number) {
        return stride(number, number);
    }

    /** Returns such a layer, with parameters of its own, whose window moves so far. */
    public Conv2d stride(int down, int across) {
        return with(groups, rows.stride(down), cols.stride(across));
    }

    /** Returns such a layer, with parameters of its own, and so many zeros round the images. */
    public Conv2d padding(int number) {
        return padding(number, number);
    }

    /** Returns such a layer, with parameters of its own, and so many zeros round the images. */
    public Conv2d padding(int down, int across) {
        return with(groups, rows.padding(down), cols.padding(across));
    }

    /** Returns such a layer, with parameters of its own, whose taps lie so far apart. */
    public Conv2d dilation(int number) {
        return dilation(number, number);
    }

    /** Returns such a layer, with parameters of its own, whose taps lie so far apart. */
    public Conv2d dilation(int down, int across) {
        return with(groups, rows.dilation(down), cols.dilation(across));
    }

    /**
     * Returns such a layer, with parameters of its own, whose channels fall into so many groups
     * that do not see each other; {@code groups(in)} makes it depthwise.
     */
    public Conv2d groups(int number) {
        return with(number, rows, cols);
    }

    /** Returns such a layer, with a weight of its own and without a bias. */
    public Conv2d withoutBias() {
        return new Conv2d(in, out, groups, rows, cols, false);
    }

    @Override
    Convolution convolution(Shape input) {
        Images.require(this, input);
        Images.requireChannels(this, input, in);
        rows.requireFit(this, input, input.dimension(1));
        cols.requireFit(this, input, input.dimension(2));
        Window window = new Window(rows.axis(input.dimension(1)), cols.axis(input.dimension(2)));
        return new Convolution(in, out, groups, window);
    }

    @Override
    boolean isTransposed() {
        return false;
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = convolution(input).window();
        return new Shape(out, window.rows().out(), window.cols().out());
    }

    @Override
    public String toString() {
        return text(in, out, groups, Side.text(rows, cols, 1));
    }
}
