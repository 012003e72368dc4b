package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;

/**
 * Takes the largest value of each window of each channel; padding counts as minus infinity.
 *
 * <p>Inputs are images of channels x height x width; outputs have height' = (height + 2 padding -
 * dilation (kernel - 1) - 1) / stride + 1, rounded down, or up with {@link #ceilMode()}. By default
 * the stride is the kernel, so that windows do not overlap. Backward: the gradient of an output
 * goes to the first of its largest values in row-major order, as in PyTorch.
 */
public final class MaxPool2d implements Fusible {

    private final Side rows;
    private final Side cols;
    private final boolean up;

    /** Makes a layer with a square window that moves by its own size. */
    public MaxPool2d(int kernel) {
        this(kernel, kernel);
    }

    /** Makes a layer whose window moves by its own size. */
    public MaxPool2d(int kernelHeight, int kernelWidth) {
        this(
                Side.of(kernelHeight).stride(kernelHeight),
                Side.of(kernelWidth).stride(kernelWidth),
                false);
    }

    private MaxPool2d(Side rows, Side cols, boolean up) {
        this.rows = rows;
        this.cols = cols;
        this.up = up;
        Pooling.checkPadding("MaxPool2d", rows, cols);
    }

    /** Returns such a layer whose window moves so far. */
    public MaxPool2d stride(int number) {
        return stride(number, number);
    }

    /** Returns such a layer whose window moves so far. */
    public MaxPool2d stride(int down, int across) {
        return new MaxPool2d(rows.stride(down), cols.stride(across), up);
    }

    /** Returns such a layer with so much padding, at most half the kernel. */
    public MaxPool2d padding(int number) {
        return padding(number, number);
    }

    /** Returns such a layer with so much padding, at most half the kernel. */
    public MaxPool2d padding(int down, int across) {
        return new MaxPool2d(rows.padding(down), cols.padding(across), up);
    }

    /** Returns such a layer whose taps lie so far apart. */
    public MaxPool2d dilation(int number) {
        return new MaxPool2d(rows.dilation(number), cols.dilation(number), up);
    }

    /** Returns such a layer whose last windows may run over the end of the image. */
    public MaxPool2d ceilMode() {
        return new MaxPool2d(rows, cols, true);
    }

    private Window window(Shape input) {
        Axis down = Pooling.axis(this, input, 1, rows, up);
        return new Window(down, Pooling.axis(this, input, 2, cols, up));
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        Window window = window(input);
        return new Shape(input.dimension(0), window.rows().out(), window.cols().out());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        Shape output = outputShape(input);
        return new MaxPoolPass(
                this,
                window(input),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    @Override
    public String toString() {
        String stride =
                rows.stride() == rows.kernel() && cols.stride() == cols.kernel()
                        ? ""
                        : ", stride %dx%d".formatted(rows.stride(), cols.stride());
        return "MaxPool2d(%s%s%s)"
                .formatted(
                        Side.text(rows.stride(1), cols.stride(1), 1),
                        stride,
                        up ? ", ceil mode" : "");
    }
}
