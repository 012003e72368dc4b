package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;

/**
 * Takes the mean of each window of each channel.
 *
 * <p>Inputs are images of channels x height x width; outputs have height' = (height + 2 padding -
 * kernel) / stride + 1, rounded down, or up with {@link #ceilMode()}. By default the stride is the
 * kernel. Padding counts as zeros among the values (PyTorch's {@code count_include_pad}) unless
 * {@link #withoutPaddingInCount()}. Backward: each value of a window gets an equal share.
 */
public final class AvgPool2d implements Layer {

    private final Side rows;
    private final Side cols;
    private final boolean up;
    private final boolean countPadding;

    /** Makes a layer with a square window that moves by its own size. */
    public AvgPool2d(int kernel) {
        this(kernel, kernel);
    }

    /** Makes a layer whose window moves by its own size. */
    public AvgPool2d(int kernelHeight, int kernelWidth) {
        this(
                Side.of(kernelHeight).stride(kernelHeight),
                Side.of(kernelWidth).stride(kernelWidth),
                false,
                true);
    }

    private AvgPool2d(Side rows, Side cols, boolean up, boolean countPadding) {
        this.rows = rows;
        this.cols = cols;
        this.up = up;
        this.countPadding = countPadding;
        Pooling.checkPadding("AvgPool2d", rows, cols);
    }

    /** Returns such a layer whose window moves so far. */
    public AvgPool2d stride(int number) {
        return stride(number, number);
    }

    /** Returns such a layer whose window moves so far. */
    public AvgPool2d stride(int down, int across) {
        return new AvgPool2d(rows.stride(down), cols.stride(across), up, countPadding);
    }

    /** Returns such a layer with so much padding, at most half the kernel. */
    public AvgPool2d padding(int number) {
        return padding(number, number);
    }

    /** Returns such a layer with so much padding, at most half the kernel. */
    public AvgPool2d padding(int down, int across) {
        return new AvgPool2d(rows.padding(down), cols.padding(across), up, countPadding);
    }

    /** Returns such a layer whose last windows may run over the end of the image. */
    public AvgPool2d ceilMode() {
        return new AvgPool2d(rows, cols, true, countPadding);
    }

    /** Returns such a layer that divides by the values of the image alone. */
    public AvgPool2d withoutPaddingInCount() {
        return new AvgPool2d(rows, cols, up, false);
    }

    private Axis axis(Shape input, int dimension) {
        Images.require(this, input);
        return Pooling.axis(this, input, dimension, dimension == 1 ? rows : cols, up);
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(input.dimension(0), axis(input, 1).out(), axis(input, 2).out());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new AveragePoolPass(
                this,
                Regions.of(axis(input, 1), countPadding),
                Regions.of(axis(input, 2), countPadding),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public String toString() {
        String stride =
                rows.stride() == rows.kernel() && cols.stride() == cols.kernel()
                        ? ""
                        : ", stride %dx%d".formatted(rows.stride(), cols.stride());
        return "AvgPool2d(%s%s%s%s)"
                .formatted(
                        Side.text(rows.stride(1), cols.stride(1), 1),
                        stride,
                        up ? ", ceil mode" : "",
                        countPadding ? "" : ", padding not counted");
    }
}
