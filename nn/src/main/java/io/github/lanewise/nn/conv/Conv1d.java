package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Slides a window along sequences: {@link Conv2d} with one side.
 *
 * <p>Inputs are in x length, outputs out x length'; the weight is out x (in / groups * kernel).
 */
public final class Conv1d extends ConvolutionLayer {

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Conv1d(int in, int out, int kernel) {
        super(in, out, Side.SINGLE, Side.of(kernel));
    }

    private Conv1d with(String option, Side side) {
        set(option, Side.SINGLE, side);
        return this;
    }

    /** Sets how far the window moves; 1 unless set. */
    public Conv1d stride(int number) {
        return with("stride", cols().stride(number));
    }

    /** Sets how many zeros stand at either end; 0 unless set. */
    public Conv1d padding(int number) {
        return with("padding", cols().padding(number));
    }

    /** Sets how many zeros stand at the beginning and at the end. */
    public Conv1d padding(int before, int after) {
        return with("padding", cols().padding(before, after));
    }

    /**
     * Makes outputs as long as inputs, for a stride of 1, as PyTorch's {@code padding="same"}: of
     * an odd number of zeros, one more stands at the end.
     */
    public Conv1d samePadding() {
        return with("samePadding", cols().fit(Side.Fit.SAME));
    }

    /**
     * Puts all padding at the beginning, so that no output sees an input behind its own place, and
     * outputs are as long as inputs for a stride of 1.
     */
    public Conv1d causalPadding() {
        return with("causalPadding", cols().fit(Side.Fit.CAUSAL));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public Conv1d dilation(int number) {
        return with("dilation", cols().dilation(number));
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public Conv1d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public Conv1d withoutBias() {
        removeBias();
        return this;
    }

    @Override
    Convolution convolution(Shape input) {
        requireSequences(input);
        cols().requireFit(this, input, input.dimension(1));
        return under(input, () -> new Window(Side.SINGLE.axis(1), cols().axis(input.dimension(1))));
    }

    @Override
    Shape weightShape(int rowChannels, int ofGroup) {
        return new Shape(rowChannels, ofGroup, cols().kernel());
    }

    @Override
    boolean isTransposed() {
        return false;
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(out, convolution(input).window().cols().out());
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("inChannels", in);
        all.put("outChannels", out);
        all.putAll(cols().options());
        all.put("groups", groups());
        all.put("bias", hasBias());
        return all;
    }

    @Override
    public String toString() {
        String window =
                "kernel %s".formatted(cols().kernel())
                        + text("stride", cols().stride(), 1)
                        + cols().paddingText()
                        + text("dilation", cols().dilation(), 1);
        return text(window);
    }

    private static String text(String name, int number, int usual) {
        return number == usual ? "" : ", %s %s".formatted(name, number);
    }
}
