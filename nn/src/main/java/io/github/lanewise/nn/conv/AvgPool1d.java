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
 * Takes the mean of each window of each channel of sequences: {@link AvgPool2d} with one side.
 *
 * <p>Inputs are channels x length, outputs channels x length'. By default the stride is the kernel.
 */
public final class AvgPool1d implements Layer {

    private final Options options = new Options();
    private Side side;
    private boolean ceilMode;
    private boolean countIncludePad = true;

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if the kernel is below 1
     */
    public AvgPool1d(int kernel) {
        side = Side.of(kernel).stride(kernel);
    }

    private AvgPool1d set(String option, Side other) {
        options.requireOpen(this, option);
        Pooling.checkPadding("AvgPool1d", other);
        side = other;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public AvgPool1d stride(int number) {
        return set("stride", side.stride(number));
    }

    /** Sets the padding at either end, at most half the kernel; 0 unless set. */
    public AvgPool1d padding(int number) {
        return set("padding", side.padding(number));
    }

    /** Sets whether padding counts among the values of a window; true unless set. */
    public AvgPool1d countIncludePad(boolean counts) {
        options.requireOpen(this, "countIncludePad");
        countIncludePad = counts;
        return this;
    }

    /** Lets the last window run over the end of the sequence: sizes are rounded up. */
    public AvgPool1d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    private Axis axis(Shape input) {
        options.close();
        Images.require(this, input, 2, "sequences: channels x length");
        return Pooling.axis(this, input, 1, side, ceilMode);
    }

    @Override
    public Shape outputShape(Shape input) {
        int out = axis(input).out();
        return new Shape(input.dimension(0), out);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new AveragePoolPass(
                this,
                Regions.adaptive(1, 1),
                Regions.of(axis(input), countIncludePad),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = side.options();
        all.remove("dilation");
        all.put("ceilMode", ceilMode);
        all.put("countIncludePad", countIncludePad);
        return all;
    }

    @Override
    public String toString() {
        return "AvgPool1d(kernel %s, stride %s%s%s%s)"
                .formatted(
                        side.kernel(),
                        side.stride(),
                        side.paddingText(),
                        ceilMode ? ", ceil mode" : "",
                        countIncludePad ? "" : ", padding not counted");
    }
}
