package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;

import java.util.List;
import java.util.SequencedMap;

/**
 * Takes the largest value of each window of each channel; padding counts as minus infinity.
 *
 * <p>Inputs are images of channels x height x width; outputs have height' = (height + 2 padding -
 * dilation (kernel - 1) - 1) / stride + 1, rounded down, or up with {@link #ceilMode()}. By default
 * the stride is the kernel, so that windows do not overlap. Backward: the gradient of an output
 * goes to the first of its largest values in row-major order, as in PyTorch.
 */
public final class MaxPool2d implements Fusible {

    private final Options options = new Options();
    private Side rows;
    private Side cols;
    private boolean ceilMode;

    /** Makes a layer with a square window that moves by its own size. */
    public MaxPool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public MaxPool2d(int kernelHeight, int kernelWidth) {
        rows = Side.of(kernelHeight).stride(kernelHeight);
        cols = Side.of(kernelWidth).stride(kernelWidth);
    }

    private MaxPool2d set(String option, Side rows, Side cols) {
        options.requireOpen(this, option);
        Pooling.checkPadding("MaxPool2d", rows, cols);
        this.rows = rows;
        this.cols = cols;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public MaxPool2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves, down and across. */
    public MaxPool2d stride(int down, int across) {
        return set("stride", rows.stride(down), cols.stride(across));
    }

    /** Sets the padding, at most half the kernel; 0 unless set. */
    public MaxPool2d padding(int number) {
        return padding(number, number);
    }

    /** Sets the padding, at most half the kernel, down and across. */
    public MaxPool2d padding(int down, int across) {
        return set("padding", rows.padding(down), cols.padding(across));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public MaxPool2d dilation(int number) {
        return dilation(number, number);
    }

    /** Sets how far apart the taps lie, down and across. */
    public MaxPool2d dilation(int down, int across) {
        return set("dilation", rows.dilation(down), cols.dilation(across));
    }

    /** Lets the last windows run over the end of the image: sizes are rounded up. */
    public MaxPool2d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    private Window window(Shape input) {
        options.close();
        Axis down = Pooling.axis(this, input, 1, rows, ceilMode);
        return new Window(down, Pooling.axis(this, input, 2, cols, ceilMode));
    }

    /**
     * Pools a value of a graph, and finds where each largest value was, for a {@link MaxUnpool2d}:
     * PyTorch's {@code return_indices}.
     *
     * @return what came of it, and the indices
     */
    public List<Value> call(Value x) {
        Value pooled = x.then(this);
        return List.of(pooled, Value.merge(new MaxPoolIndices(this), x, pooled));
    }

    VolumeSides sides() {
        return new VolumeSides(Side.SINGLE, rows, cols);
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
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = Side.options(rows, cols);
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public String toString() {
        return "MaxPool2d(%s%s)".formatted(Pooling.text(rows, cols), ceilMode ? ", ceil mode" : "");
    }
}
