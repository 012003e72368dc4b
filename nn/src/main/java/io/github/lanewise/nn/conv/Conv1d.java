package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

/**
 * Slides a window along sequences: {@link Conv2d} with one side.
 *
 * <p>Inputs are in x length, outputs out x length'; the weight is out x (in / groups * kernel).
 */
public final class Conv1d extends ConvolutionLayer {

    private final int in;
    private final int out;
    private final int groups;
    private final Side side;

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Conv1d(int in, int out, int kernel) {
        this(in, out, 1, Side.of(kernel), true);
    }

    private Conv1d(int in, int out, int groups, Side side, boolean bias) {
        check("Conv1d", in, out, groups);
        super(out, in / groups * side.kernel(), bias ? out : 0);
        this.in = in;
        this.out = out;
        this.groups = groups;
        this.side = side;
    }

    private Conv1d with(Side other) {
        return new Conv1d(in, out, groups, other, bias() != null);
    }

    /** Returns such a layer, with parameters of its own, whose window moves so far. */
    public Conv1d stride(int number) {
        return with(side.stride(number));
    }

    /** Returns such a layer, with parameters of its own, and so many zeros at either end. */
    public Conv1d padding(int number) {
        return with(side.padding(number));
    }

    /** Returns such a layer, with parameters of its own, whose taps lie so far apart. */
    public Conv1d dilation(int number) {
        return with(side.dilation(number));
    }

    /**
     * Returns such a layer, with parameters of its own, whose channels fall into so many groups
     * that do not see each other.
     */
    public Conv1d groups(int number) {
        return new Conv1d(in, out, number, side, bias() != null);
    }

    /** Returns such a layer, with a weight of its own and without a bias. */
    public Conv1d withoutBias() {
        return new Conv1d(in, out, groups, side, false);
    }

    @Override
    Convolution convolution(Shape input) {
        Images.require(this, input, 2, "sequences: channels x length");
        Images.requireChannels(this, input, in);
        side.requireFit(this, input, input.dimension(1));
        Window window = new Window(Side.SINGLE.axis(1), side.axis(input.dimension(1)));
        return new Convolution(in, out, groups, window);
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
    public String toString() {
        String window =
                "kernel %d".formatted(side.kernel())
                        + text("stride", side.stride(), 1)
                        + text("padding", side.padding(), 0)
                        + text("dilation", side.dilation(), 1);
        return text(in, out, groups, window);
    }

    private static String text(String name, int number, int usual) {
        return number == usual ? "" : ", %s %d".formatted(name, number);
    }
}
