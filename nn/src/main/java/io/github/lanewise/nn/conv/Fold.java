package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMapPass;

import java.util.List;
import java.util.SequencedMap;

/**
 * Adds the blocks of a sliding window up to images: what {@link Unfold} does backward. Inputs are
 * (channels kernel<sup>2</sup>) x positions, outputs channels x height x width; what lies in the
 * padding is lost.
 */
public final class Fold extends BlockLayer {

    private final int height;
    private final int width;

    /** Makes a layer with a square window. */
    public Fold(int height, int width, int kernel) {
        this(height, width, kernel, kernel);
    }

    /**
     * Makes a layer.
     *
     * @param height of the images
     * @param width of the images
     * @throws IllegalArgumentException if a number is below 1
     */
    public Fold(int height, int width, int kernelHeight, int kernelWidth) {
        super(kernelHeight, kernelWidth);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Fold: output is %sx%s; each must be 1 or more".formatted(height, width));
        }
        this.height = height;
        this.width = width;
    }

    /** Sets how far the window moves; 1 unless set. */
    public Fold stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves, down and across. */
    public Fold stride(int down, int across) {
        set("stride", rows().stride(down), cols().stride(across));
        return this;
    }

    /** Sets how much of padding the blocks cover; 0 unless set. */
    public Fold padding(int number) {
        return padding(number, number);
    }

    /** Sets how much of padding the blocks cover. */
    public Fold padding(int down, int across) {
        set("padding", rows().padding(down), cols().padding(across));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public Fold dilation(int number) {
        return dilation(number, number);
    }

    /** Sets how far apart the taps lie. */
    public Fold dilation(int down, int across) {
        set("dilation", rows().dilation(down), cols().dilation(across));
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        long taps = (long) rows().kernel() * cols().kernel();
        if (input.rank() != 2 || input.dimension(0) % taps != 0) {
            throw new IllegalArgumentException(
                    "%s: input is %s; it must be (channels x %s) x positions"
                            .formatted(this, input, taps));
        }
        Shape image = new Shape((int) (input.dimension(0) / taps), height, width);
        Shape columns = columns(image);
        if (!columns.equals(input)) {
            throw new IllegalArgumentException(
                    "%s: input is %s; it must be %s, a column for each position"
                            .formatted(this, input, columns));
        }
        return image;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape image = outputShape(input);
        return FeatureMapPass.adjoint(this, map(image), input, image, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = Side.options(rows(), cols());
        all.putFirst("outputSize", List.of(height, width));
        return all;
    }

    @Override
    public String toString() {
        return "Fold(%sx%s, %s)".formatted(height, width, Side.text(rows(), cols(), 1));
    }
}
