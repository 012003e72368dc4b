package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.Options;

import java.util.List;
import java.util.SequencedMap;

/**
 * Takes the largest value of each window of each channel of volumes of channels x depth x height x
 * width: {@link MaxPool2d} with one side more. By default the stride is the kernel.
 */
public final class MaxPool3d extends VolumePool {

    private final Options options = new Options();
    private VolumeSides sides;
    private boolean ceilMode;

    /** Makes a layer with a cubic window that moves by its own size. */
    public MaxPool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public MaxPool3d(int kernelDepth, int kernelHeight, int kernelWidth) {
        sides =
                VolumeSides.of(kernelDepth, kernelHeight, kernelWidth)
                        .stride(kernelDepth, kernelHeight, kernelWidth);
    }

    private MaxPool3d set(String option, VolumeSides sides) {
        options.requireOpen(this, option);
        Pooling.checkPadding("MaxPool3d", sides.depth(), sides.rows(), sides.cols());
        this.sides = sides;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public MaxPool3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves. */
    public MaxPool3d stride(int depth, int down, int across) {
        return set("stride", sides.stride(depth, down, across));
    }

    /** Sets the padding, at most half the kernel, which counts as minus infinity; 0 unless set. */
    public MaxPool3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets the padding, at most half the kernel, which counts as minus infinity. */
    public MaxPool3d padding(int depth, int down, int across) {
        return set("padding", sides.padding(depth, down, across));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public MaxPool3d dilation(int number) {
        return dilation(number, number, number);
    }

    /** Sets how far apart the taps lie. */
    public MaxPool3d dilation(int depth, int down, int across) {
        return set("dilation", sides.dilation(depth, down, across));
    }

    /** Lets the last windows run over the end of the volume: sizes are rounded up. */
    public MaxPool3d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    /**
     * Pools a value of a graph, and finds where each largest value was, for a {@link MaxUnpool3d}:
     * PyTorch's {@code return_indices}.
     *
     * @return what came of it, and the indices
     */
    public List<Value> call(Value x) {
        Value pooled = x.then(this);
        return List.of(pooled, Value.merge(new MaxPoolIndices(this), x, pooled));
    }

    VolumeSides sides() {
        return sides;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        return Pooling.shape(this, input, sides, ceilMode);
    }

    private Layer pool(Side rows, Side cols) {
        MaxPool2d pool =
                new MaxPool2d(rows.kernel(), cols.kernel())
                        .stride(rows.stride(), cols.stride())
                        .padding(rows.padding(), cols.padding())
                        .dilation(rows.dilation(), cols.dilation());
        return ceilMode ? pool.ceilMode() : pool;
    }

    @Override
    Layer ofSlices() {
        return pool(sides.rows(), sides.cols());
    }

    @Override
    Layer ofDepth(int pixels) {
        return pool(sides.depth(), Side.SINGLE);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = sides.options();
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public String toString() {
        return "MaxPool3d(%s%s)".formatted(sides.text(), ceilMode ? ", ceil mode" : "");
    }
}
