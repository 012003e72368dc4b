package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * Takes the mean of each window of each channel of volumes of channels x depth x height x width:
 * {@link AvgPool2d} with one side more. By default the stride is the kernel.
 */
public final class AvgPool3d extends VolumePool {

    private final Options options = new Options();
    private VolumeSides sides;
    private boolean ceilMode;
    private boolean countIncludePad = true;

    /** Makes a layer with a cubic window that moves by its own size. */
    public AvgPool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public AvgPool3d(int kernelDepth, int kernelHeight, int kernelWidth) {
        sides =
                VolumeSides.of(kernelDepth, kernelHeight, kernelWidth)
                        .stride(kernelDepth, kernelHeight, kernelWidth);
    }

    private AvgPool3d set(String option, VolumeSides sides) {
        options.requireOpen(this, option);
        Pooling.checkPadding("AvgPool3d", sides.depth(), sides.rows(), sides.cols());
        this.sides = sides;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public AvgPool3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves. */
    public AvgPool3d stride(int depth, int down, int across) {
        return set("stride", sides.stride(depth, down, across));
    }

    /** Sets the padding, at most half the kernel; 0 unless set. */
    public AvgPool3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets the padding, at most half the kernel. */
    public AvgPool3d padding(int depth, int down, int across) {
        return set("padding", sides.padding(depth, down, across));
    }

    /** Lets the last windows run over the end of the volume: sizes are rounded up. */
    public AvgPool3d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    /** Sets whether padding counts among the values of a window; true unless set. */
    public AvgPool3d countIncludePad(boolean counts) {
        options.requireOpen(this, "countIncludePad");
        countIncludePad = counts;
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        return Pooling.shape(this, input, sides, ceilMode);
    }

    private Layer pool(Side rows, Side cols) {
        AvgPool2d pool =
                new AvgPool2d(rows.kernel(), cols.kernel())
                        .stride(rows.stride(), cols.stride())
                        .padding(rows.padding(), cols.padding())
                        .countIncludePad(countIncludePad);
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
        all.remove("dilation");
        all.put("countIncludePad", countIncludePad);
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public String toString() {
        return "AvgPool3d(%s%s%s)"
                .formatted(
                        sides.text(),
                        ceilMode ? ", ceil mode" : "",
                        countIncludePad ? "" : ", padding not counted");
    }
}
