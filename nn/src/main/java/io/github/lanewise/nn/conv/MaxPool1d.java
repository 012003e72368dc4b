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
 * Takes the largest value of each window of each channel of sequences: {@link MaxPool2d} with one
 * side.
 *
 * <p>Inputs are channels x length, outputs channels x length'. By default the stride is the kernel.
 */
public final class MaxPool1d implements Fusible {

    private final Options options = new Options();
    private Side side;
    private boolean ceilMode;

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @throws IllegalArgumentException if the kernel is below 1
     */
    public MaxPool1d(int kernel) {
        side = Side.of(kernel).stride(kernel);
    }

    private MaxPool1d set(String option, Side other) {
        options.requireOpen(this, option);
        Pooling.checkPadding("MaxPool1d", other);
        side = other;
        return this;
    }

    /** Sets how far the window moves; by its own size unless set. */
    public MaxPool1d stride(int number) {
        return set("stride", side.stride(number));
    }

    /** Sets the padding at either end, at most half the kernel; 0 unless set. */
    public MaxPool1d padding(int number) {
        return set("padding", side.padding(number));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public MaxPool1d dilation(int number) {
        return set("dilation", side.dilation(number));
    }

    /** Lets the last window run over the end of the sequence: sizes are rounded up. */
    public MaxPool1d ceilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
        return this;
    }

    private Axis axis(Shape input) {
        options.close();
        Images.require(this, input, 2, "sequences: channels x length");
        return Pooling.axis(this, input, 1, side, ceilMode);
    }

    /**
     * Pools a value of a graph, and finds where each largest value was, for a {@link MaxUnpool1d}:
     * PyTorch's {@code return_indices}.
     *
     * @return what came of it, and the indices
     */
    public List<Value> call(Value x) {
        Value pooled = x.then(this);
        return List.of(pooled, Value.merge(new MaxPoolIndices(this), x, pooled));
    }

    VolumeSides sides() {
        return new VolumeSides(Side.SINGLE, Side.SINGLE, side);
    }

    @Override
    public Shape outputShape(Shape input) {
        int out = axis(input).out();
        return new Shape(input.dimension(0), out);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        return new MaxPoolPass(
                this,
                new Window(Side.SINGLE.axis(1), axis(input)),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = side.options();
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public String toString() {
        return "MaxPool1d(kernel %s, stride %s%s%s%s)"
                .formatted(
                        side.kernel(),
                        side.stride(),
                        side.padding() == 0 ? "" : ", padding " + side.padding(),
                        side.dilation() == 1 ? "" : ", dilation " + side.dilation(),
                        ceilMode ? ", ceil mode" : "");
    }
}
