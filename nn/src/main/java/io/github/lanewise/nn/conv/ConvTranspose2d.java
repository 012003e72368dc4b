package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Images;

/**
 * The transposed convolution: what {@link Conv2d} of {@code out} to {@code in} channels with the
 * same weight does backward. It makes images larger where that makes them smaller.
 *
 * <p>Inputs are images of in x height x width; outputs are out x height' x width', with height' =
 * (height - 1) stride - 2 padding + dilation (kernel - 1) + 1 + output padding. The weight is in x
 * (out / groups * kernel * kernel), PyTorch's flattened. Weight and bias start from {@link
 * Initializer#kaimingUniform} of a row of the weight, as PyTorch's do. {@link Conv2d} says which go
 * by Winograd's algorithm.
 */
public final class ConvTranspose2d extends ConvolutionLayer {

    private final int in;
    private final int out;
    private final int groups;
    private final Side rows;
    private final Side cols;
    private final int bottom;
    private final int right;

    /** Makes a layer from {@code in} to {@code out} channels with a square window. */
    public ConvTranspose2d(int in, int out, int kernel) {
        this(in, out, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public ConvTranspose2d(int in, int out, int kernelHeight, int kernelWidth) {
        this(in, out, 1, Side.of(kernelHeight), Side.of(kernelWidth), 0, 0, true);
    }

    private ConvTranspose2d(
            int in,
            int out,
            int groups,
            Side rows,
            Side cols,
            int bottom,
            int right,
            boolean bias) {
        check("ConvTranspose2d", in, out, groups);
        super(in, out / groups * rows.kernel() * cols.kernel(), bias ? out : 0);
        this.in = in;
        this.out = out;
        this.groups = groups;
        this.rows = rows;
        this.cols = cols;
        this.bottom = bottom;
        this.right = right;
    }

    private ConvTranspose2d with(int groups, Side rows, Side cols) {
        return new ConvTranspose2d(in, out, groups, rows, cols, bottom, right, bias() != null);
    }

    /** Returns such a layer, with parameters of its own, whose window moves so far. */
    public ConvTranspose2d stride(int number) {
        return stride(number, number);
    }

    /** Returns such a layer, with parameters of its own, whose window moves so far. */
    public ConvTranspose2d stride(int down, int across) {
        return with(groups, rows.stride(down), cols.stride(across));
    }

    /** Returns such a layer, with parameters of its own, that cuts so much off the outputs. */
    public ConvTranspose2d padding(int number) {
        return padding(number, number);
    }

    /** Returns such a layer, with parameters of its own, that cuts so much off the outputs. */
    public ConvTranspose2d padding(int down, int across) {
        return with(groups, rows.padding(down), cols.padding(across));
    }

    /**
     * Returns such a layer, with parameters of its own, whose outputs are so much larger at bottom
     * and right: of the sizes that a strided convolution makes equal, the larger.
     */
    public ConvTranspose2d outputPadding(int number) {
        return outputPadding(number, number);
    }

    /** Returns such a layer, with parameters of its own, whose outputs are so much larger. */
    public ConvTranspose2d outputPadding(int down, int across) {
        return new ConvTranspose2d(in, out, groups, rows, cols, down, across, bias() != null);
    }

    /** Returns such a layer, with parameters of its own, whose taps lie so far apart. */
    public ConvTranspose2d dilation(int number) {
        return with(groups, rows.dilation(number), cols.dilation(number));
    }

    /** Returns such a layer, with parameters of its own, and its channels in so many groups. */
    public ConvTranspose2d groups(int number) {
        return with(number, rows, cols);
    }

    /** Returns such a layer, with a weight of its own and without a bias. */
    public ConvTranspose2d withoutBias() {
        return new ConvTranspose2d(in, out, groups, rows, cols, bottom, right, false);
    }

    @Override
    Convolution convolution(Shape input) {
        Images.require(this, input);
        Images.requireChannels(this, input, in);
        requireOutputPadding(bottom, rows);
        requireOutputPadding(right, cols);
        try {
            Window window =
                    new Window(
                            rows.transposed(input.dimension(1), bottom),
                            cols.transposed(input.dimension(2), right));
            return new Convolution(out, in, groups, window);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: input is %s: %s; take less padding".formatted(this, input, e.getMessage()),
                    e);
        }
    }

    private void requireOutputPadding(int number, Side side) {
        if (number < 0 || number >= Math.max(side.stride(), side.dilation())) {
            throw new IllegalArgumentException(
                    ("%s: output padding is %d; it must be 0 or more"
                                    + " and smaller than stride or dilation")
                            .formatted(this, number));
        }
    }

    @Override
    boolean isTransposed() {
        return true;
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = convolution(input).window();
        return new Shape(out, window.rows().size(), window.cols().size());
    }

    @Override
    public String toString() {
        String padding = Side.text("output padding", bottom, right, 0);
        return text(in, out, groups, Side.text(rows, cols, 1) + padding);
    }
}
