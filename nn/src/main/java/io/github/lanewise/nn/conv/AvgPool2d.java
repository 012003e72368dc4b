package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * Takes the mean of each window of each channel.
 *
 * <p>Inputs are images of channels x height x width; outputs have height' = (height + 2 padding -
 * kernel) / stride + 1, rounded down, or up with {@link #ceilMode()}. By default the stride is the
 * kernel. Padding counts as zeros among the values unless {@link #countIncludePad} is false.
 * Backward: each value of a window gets an equal share.
 */
public final class AvgPool2d implements Layer {

    private final Options options = new Options();
    private Side rows;
    private Side cols;
    private boolean ceilMode;
    private boolean countIncludePad = true;

    /** Makes a layer with a square window that moves by its own size. */
    public AvgPool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AvgPool2d(int kernelHeight, int kernelWidth) {
        rows = Side.of(kernelHeight).stride(kernelHeight);
        cols = Side.of(kernelWidth).stride(kernelWidth);
    }

    private AvgPool2d set(String option, Side rows, Side cols) {
        options.requireOpen(this, option);
        Pooling.checkPadding("AvgPool2d", rows, cols);
        this.rows = rows;
        this.cols = cols;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public AvgPool2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves, down and across. */
    public AvgPool2d stride(int down, int across) {
        return set("stride", rows.stride(down), cols.stride(across));
    }

    /** Sets the padding, at most half the kernel; 0 unless set. */
    public AvgPool2d padding(int number) {
        return padding(number, number);
    }

    /** Sets the padding, at most half the kernel, down and across. */
    public AvgPool2d padding(int down, int across) {
        return set("padding", rows.padding(down), cols.padding(across));
    }

    /** Lets the last windows run over the end of the image: sizes are rounded up. */
    public AvgPool2d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    /** Sets whether padding counts among the values of a window; true unless set. */
    public AvgPool2d countIncludePad(boolean counts) {
        options.requireOpen(this, "countIncludePad");
        countIncludePad = counts;
        return this;
    }

    private Axis axis(Shape input, int dimension) {
        options.close();
        Images.require(this, input);
        return Pooling.axis(this, input, dimension, dimension == 1 ? rows : cols, ceilMode);
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(input.dimension(0), axis(input, 1).out(), axis(input, 2).out());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new AveragePoolPass(
                this,
                Regions.of(axis(input, 1), countIncludePad),
                Regions.of(axis(input, 2), countIncludePad),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = Side.options(rows, cols);
        all.remove("dilation");
        all.put("countIncludePad", countIncludePad);
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public String toString() {
        return "AvgPool2d(%s%s%s)"
                .formatted(
                        Pooling.text(rows, cols),
                        ceilMode ? ", ceil mode" : "",
                        countIncludePad ? "" : ", padding not counted");
    }
}
