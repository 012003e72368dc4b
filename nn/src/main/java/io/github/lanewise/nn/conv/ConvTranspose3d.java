package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;

import java.util.Arrays;
import java.util.SequencedMap;

/**
 * The transposed convolution of volumes of channels x depth x height x width: {@link
 * ConvTranspose2d} with one side more.
 *
 * <p>It is computed as one: each slice makes an image for each tap along the depth, and these are
 * added up where they belong. The weight is in x (out / groups * kernel depth * kernel * kernel),
 * PyTorch's flattened, and starts as ConvTranspose2d's does. By default stride and dilation are 1,
 * padding and output padding 0, groups 1.
 */
public final class ConvTranspose3d extends VolumeConvolution {

    private int[] extra = {0, 0, 0};
    private ConvTranspose2d slices;
    private Param bias;

    /** Makes a layer from {@code in} to {@code out} channels with a cubic window. */
    public ConvTranspose3d(int in, int out, int kernel) {
        this(in, out, kernel, kernel, kernel);
    }

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public ConvTranspose3d(int in, int out, int kernelDepth, int kernelHeight, int kernelWidth) {
        super(in, out, VolumeSides.of(kernelDepth, kernelHeight, kernelWidth));
    }

    /** Sets how far the window moves, the same along each side; 1 unless set. */
    public ConvTranspose3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves. */
    public ConvTranspose3d stride(int depth, int down, int across) {
        set("stride", sides().stride(depth, down, across));
        return this;
    }

    /** Sets how much is cut off the outputs; 0 unless set. */
    public ConvTranspose3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets how much is cut off the outputs. */
    public ConvTranspose3d padding(int depth, int down, int across) {
        set("padding", sides().padding(depth, down, across));
        return this;
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public ConvTranspose3d dilation(int number) {
        return dilation(number, number, number);
    }

    /** Sets how far apart the taps lie. */
    public ConvTranspose3d dilation(int depth, int down, int across) {
        set("dilation", sides().dilation(depth, down, across));
        return this;
    }

    /** Sets by how much outputs are larger at their ends; 0 unless set. */
    public ConvTranspose3d outputPadding(int depth, int down, int across) {
        requireOpen("outputPadding");
        extra = new int[] {depth, down, across};
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public ConvTranspose3d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public ConvTranspose3d withoutBias() {
        removeBias();
        return this;
    }

    /** Returns the convolution of slices, which has the weight. */
    @Override
    synchronized ConvTranspose2d slices() {
        closeOptions();
        if (slices == null) {
            Side rows = sides().rows();
            Side cols = sides().cols();
            int depth = sides().depth().kernel();
            slices =
                    new ConvTranspose2d(
                                    in,
                                    Math.multiplyExact(out, depth),
                                    rows.kernel(),
                                    cols.kernel())
                            .stride(rows.stride(), cols.stride())
                            .padding(rows.padding(), cols.padding())
                            .dilation(rows.dilation(), cols.dilation())
                            .outputPadding(extra[1], extra[2])
                            .groups(groups())
                            .withoutBias();
            Param weight = slices.weight();
            weight.savedAs(new Shape(in, out / groups(), depth, rows.kernel(), cols.kernel()));
            bias = hasBias() ? new Param(1, out, Initializer.kaimingUniform(weight.cols())) : null;
        }
        return slices;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public Param bias() {
        slices();
        return bias;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    /** Returns how the window of the convolution slides of which this is the transposed one. */
    private Axis axis(Shape input, int number) {
        Side side = sides().side(number);
        if (extra[number] < 0 || extra[number] >= Math.max(side.stride(), side.dilation())) {
            throw new IllegalArgumentException(
                    ("%s: output padding is %s; it must be 0 or more and smaller than stride or"
                                    + " dilation")
                            .formatted(this, extra[number]));
        }
        try {
            return side.transposed(input.dimension(number + 1), extra[number]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: input is %s: %s; take less padding".formatted(this, input, e.getMessage()),
                    e);
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        requireVolumes(input);
        return new Shape(out, axis(input, 0).size(), axis(input, 1).size(), axis(input, 2).size());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new ConvTranspose3dPass(this, axis(input, 0), input, output, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.put("outputPadding", Arrays.stream(extra).boxed().toList());
        return all;
    }

    @Override
    public String toString() {
        boolean usual = extra[0] == 0 && extra[1] == 0 && extra[2] == 0;
        return text(usual ? "" : ", output padding " + Arrays.toString(extra));
    }
}
