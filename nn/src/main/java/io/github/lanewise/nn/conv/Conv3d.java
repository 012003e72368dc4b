package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.SequencedMap;

/**
 * Slides a window through volumes of channels x depth x height x width: {@link Conv2d} with one
 * side more.
 *
 * <p>It is computed as one: the slices that the window sees at once are laid side by side as
 * channels, so that an image of in x kernel depth channels stands for each position along the
 * depth. So a batch is copied as many times as the window is deep. The weight is out x (in / groups
 * * kernel depth * kernel * kernel), PyTorch's flattened, and starts as Conv2d's does. By default
 * stride and dilation are 1, padding 0, groups 1.
 */
public final class Conv3d extends VolumeConvolution {

    private Conv2d slices;

    /** Makes a layer from {@code in} to {@code out} channels with a cubic window. */
    public Conv3d(int in, int out, int kernel) {
        this(in, out, kernel, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Conv3d(int in, int out, int kernelDepth, int kernelHeight, int kernelWidth) {
        super(in, out, VolumeSides.of(kernelDepth, kernelHeight, kernelWidth));
    }

    /** Sets how far the window moves, the same along each side; 1 unless set. */
    public Conv3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves. */
    public Conv3d stride(int depth, int down, int across) {
        set("stride", sides().stride(depth, down, across));
        return this;
    }

    /** Sets how many zeros stand round the volumes; 0 unless set. */
    public Conv3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets how many zeros stand round the volumes. */
    public Conv3d padding(int depth, int down, int across) {
        set("padding", sides().padding(depth, down, across));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public Conv3d dilation(int number) {
        return dilation(number, number, number);
    }

    /** Sets how far apart the taps lie. */
    public Conv3d dilation(int depth, int down, int across) {
        set("dilation", sides().dilation(depth, down, across));
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public Conv3d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public Conv3d withoutBias() {
        removeBias();
        return this;
    }

    /** Returns the convolution of slices, which has the parameters. */
    @Override
    synchronized Conv2d slices() {
        closeOptions();
        if (slices == null) {
            Side rows = sides().rows();
            Side cols = sides().cols();
            int depth = sides().depth().kernel();
            slices =
                    new Conv2d(Math.multiplyExact(in, depth), out, rows.kernel(), cols.kernel())
                            .stride(rows.stride(), cols.stride())
                            .padding(rows.padding(), cols.padding())
                            .dilation(rows.dilation(), cols.dilation())
                            .groups(groups());
            if (!hasBias()) {
                slices.withoutBias();
            }
            slices.weight()
                    .savedAs(new Shape(out, in / groups(), depth, rows.kernel(), cols.kernel()));
        }
        return slices;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public Param bias() {
        return slices().bias();
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return slices().parameters();
    }

    private Axis axis(Shape input, int number) {
        Side side = sides().side(number);
        side.requireFit(this, input, input.dimension(number + 1));
        return side.axis(input.dimension(number + 1));
    }

    @Override
    public Shape outputShape(Shape input) {
        requireVolumes(input);
        return new Shape(out, axis(input, 0).out(), axis(input, 1).out(), axis(input, 2).out());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new Conv3dPass(this, axis(input, 0), input, output, workspace);
    }

    @Override
    public String toString() {
        return text("");
    }
}
