package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;

import java.util.SequencedMap;

/**
 * Slides a window over images: outputs[o] = bias[o] + the sum over input channels and window of
 * weight times what the window sees (a cross-correlation, as PyTorch's).
 *
 * <p>Inputs are images of in x height x width; outputs are out x height' x width', with height' =
 * (height + 2 padding - dilation (kernel - 1) - 1) / stride + 1, rounded down. The weight is out x
 * (in / groups * kernel * kernel), PyTorch's flattened. By default stride and dilation are 1,
 * padding 0, groups 1. Weight and bias start from {@link
 * io.github.lanewise.nn.init.Initializer#kaimingUniform} of a row of the weight.
 *
 * <p>Backward: dWeight[o][p] = the sum over batch and positions of dOutputs[o] times what tap p
 * sees, dBias[o] = the sum of dOutputs[o], dInputs = the transposed convolution of dOutputs.
 *
 * <p>Windows of 3 or 5 taps a side, with stride and dilation 1, go by Winograd's algorithm if the
 * images are not tiny, a group has 16 channels or more on both sides, and their pairs are not more
 * than 131,072 (3 x 3 taps) or 73,728: two to three times as fast, with rounding errors of 1e-6 to
 * 5e-6 of the results' size for 16 to 128 channels. Images with NaN, infinity, or a value more than
 * 128 times as large as what outputs close by see are computed without it, so that it does not
 * spoil those. Data and weights without negative numbers give no negative sums, but sums that are
 * exactly 0 may come out as such an error ({@link io.github.lanewise.engine.Windows} has the
 * rules).
 *
 * <pre>{@code new Conv2d(16, 32, 3).stride(2).padding(1)}</pre>
 *
 * <p>Options must be set before the layer is used.
 */
public final class Conv2d extends ConvolutionLayer {

    /** Makes a layer from {@code in} to {@code out} channels with a square window. */
    public Conv2d(int in, int out, int kernel) {
        this(in, out, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Conv2d(int in, int out, int kernelHeight, int kernelWidth) {
        super(in, out, Side.of(kernelHeight), Side.of(kernelWidth));
    }

    /** Sets how far the window moves, down and across; 1 unless set. */
    public Conv2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves. */
    public Conv2d stride(int down, int across) {
        set("stride", rows().stride(down), cols().stride(across));
        return this;
    }

    /** Sets how many zeros stand round the images; 0 unless set. */
    public Conv2d padding(int number) {
        return padding(number, number);
    }

    /** Sets how many zeros stand round the images. */
    public Conv2d padding(int down, int across) {
        set("padding", rows().padding(down), cols().padding(across));
        return this;
    }

    /** Sets how many zeros stand at each side of the images. */
    public Conv2d padding(int top, int bottom, int left, int right) {
        set("padding", rows().padding(top, bottom), cols().padding(left, right));
        return this;
    }

    /**
     * Makes outputs as large as inputs, for a stride of 1, as PyTorch's {@code padding="same"}: of
     * an odd number of zeros along a side, one more stands at its end.
     */
    public Conv2d samePadding() {
        set("samePadding", rows().fit(Side.Fit.SAME), cols().fit(Side.Fit.SAME));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public Conv2d dilation(int number) {
        return dilation(number, number);
    }

    /** Sets how far apart the taps lie. */
    public Conv2d dilation(int down, int across) {
        set("dilation", rows().dilation(down), cols().dilation(across));
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set;
     * {@code groups(in)} makes the layer depthwise.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public Conv2d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public Conv2d withoutBias() {
        removeBias();
        return this;
    }

    @Override
    Convolution convolution(Shape input) {
        requireImages(input);
        rows().requireFit(this, input, input.dimension(1));
        cols().requireFit(this, input, input.dimension(2));
        return under(
                input,
                () -> new Window(rows().axis(input.dimension(1)), cols().axis(input.dimension(2))));
    }

    @Override
    boolean isTransposed() {
        return false;
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = convolution(input).window();
        return new Shape(out, window.rows().out(), window.cols().out());
    }

    @Override
    public SequencedMap<String, Object> options() {
        return imageOptions();
    }

    @Override
    public String toString() {
        return text(Side.text(rows(), cols(), 1));
    }
}
