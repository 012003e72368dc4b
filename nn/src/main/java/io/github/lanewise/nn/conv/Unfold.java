package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Images;

import java.util.SequencedMap;

/**
 * Lays out what each position of a sliding window sees: inputs are images of channels x height x
 * width, outputs (channels kernel<sup>2</sup>) x positions, PyTorch's order. What the window sees
 * outside is 0. Backward: an element gets the sum of the gradients of its copies.
 */
public final class Unfold extends BlockLayer {

    /** Makes a layer with a square window. */
    public Unfold(int kernel) {
        this(kernel, kernel);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Unfold(int kernelHeight, int kernelWidth) {
        super(kernelHeight, kernelWidth);
    }

    /** Sets how far the window moves; 1 unless set. */
    public Unfold stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves, down and across. */
    public Unfold stride(int down, int across) {
        set("stride", rows().stride(down), cols().stride(across));
        return this;
    }

    /** Sets how many zeros stand round the images; 0 unless set. */
    public Unfold padding(int number) {
        return padding(number, number);
    }

    /** Sets how many zeros stand round the images. */
    public Unfold padding(int down, int across) {
        set("padding", rows().padding(down), cols().padding(across));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public Unfold dilation(int number) {
        return dilation(number, number);
    }

    /** Sets how far apart the taps lie. */
    public Unfold dilation(int down, int across) {
        set("dilation", rows().dilation(down), cols().dilation(across));
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        return columns(input);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new FeatureMapPass(this, map(input), input, output, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Side.options(rows(), cols());
    }

    @Override
    public String toString() {
        return "Unfold(%s)".formatted(Side.text(rows(), cols(), 1));
    }
}
