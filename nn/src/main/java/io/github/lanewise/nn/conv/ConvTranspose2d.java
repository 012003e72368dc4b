package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;

import java.util.List;
import java.util.SequencedMap;

/**
 * The transposed convolution: what {@link Conv2d} of {@code out} to {@code in} channels with the
 * same weight does backward. It makes images larger where that makes them smaller.
 *
 * <p>Inputs are images of in x height x width; outputs are out x height' x width', with height' =
 * (height - 1) stride - 2 padding + dilation (kernel - 1) + 1 + output padding. The weight is in x
 * (out / groups * kernel * kernel), PyTorch's flattened. Weight and bias start from {@link
 * io.github.lanewise.nn.init.Initializer#kaimingUniform} of a row of the weight, as PyTorch's do.
 * {@link Conv2d} says which go by Winograd's algorithm.
 */
public final class ConvTranspose2d extends ConvolutionLayer {

    private int bottom;
    private int right;

    /** Makes a layer from {@code in} to {@code out} channels with a square window. */
    public ConvTranspose2d(int in, int out, int kernel) {
        this(in, out, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public ConvTranspose2d(int in, int out, int kernelHeight, int kernelWidth) {
        super(in, out, Side.of(kernelHeight), Side.of(kernelWidth));
    }

    /** Sets how far the window moves, down and across; 1 unless set. */
    public ConvTranspose2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves. */
    public ConvTranspose2d stride(int down, int across) {
        set("stride", rows().stride(down), cols().stride(across));
        return this;
    }

    /** Sets how much is cut off the outputs; 0 unless set. */
    public ConvTranspose2d padding(int number) {
        return padding(number, number);
    }

    /** Sets how much is cut off the outputs. */
    public ConvTranspose2d padding(int down, int across) {
        set("padding", rows().padding(down), cols().padding(across));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public ConvTranspose2d dilation(int number) {
        return dilation(number, number);
    }

    /** Sets how far apart the taps lie. */
    public ConvTranspose2d dilation(int down, int across) {
        set("dilation", rows().dilation(down), cols().dilation(across));
        return this;
    }

    /**
     * Sets by how much outputs are larger at bottom and right: of the sizes that a strided
     * convolution makes equal, the larger; 0 unless set.
     */
    public ConvTranspose2d outputPadding(int number) {
        return outputPadding(number, number);
    }

    /** Sets by how much outputs are larger at bottom and right. */
    public ConvTranspose2d outputPadding(int down, int across) {
        requireOpen("outputPadding");
        bottom = down;
        right = across;
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public ConvTranspose2d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public ConvTranspose2d withoutBias() {
        removeBias();
        return this;
    }

    @Override
    Convolution convolution(Shape input) {
        requireImages(input);
        requireOutputPadding(bottom, rows());
        requireOutputPadding(right, cols());
        return under(
                input,
                () ->
                        new Window(
                                rows().transposed(input.dimension(1), bottom),
                                cols().transposed(input.dimension(2), right)));
    }

    private void requireOutputPadding(int number, Side side) {
        if (number < 0 || number >= Math.max(side.stride(), side.dilation())) {
            throw new IllegalArgumentException(
                    ("%s: output padding is %s; it must be 0 or more"
                                    + " and smaller than stride or dilation")
                            .formatted(this, number));
        }
    }

    @Override
    boolean isTransposed() {
        return true;
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = convolution(input).window();
        return new Shape(out, window.rows().size(), window.cols().size());
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = imageOptions();
        all.put("outputPadding", List.of(bottom, right));
        return all;
    }

    @Override
    public String toString() {
        String padding = Side.text("output padding", bottom, right, 0);
        return text(Side.text(rows(), cols(), 1) + padding);
    }
}
