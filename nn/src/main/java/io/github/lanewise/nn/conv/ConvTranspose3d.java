package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;

import java.util.Arrays;
import java.util.LinkedHashMap;
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
public final class ConvTranspose3d implements Layer {

    private final int in;
    private final int out;
    private final Options options = new Options();
    private VolumeSides sides;
    private int groups = 1;
    private int[] extra = {0, 0, 0};
    private boolean hasBias = true;
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
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "ConvTranspose3d: %d -> %d channels; each must be 1 or more"
                            .formatted(in, out));
        }
        this.in = in;
        this.out = out;
        sides = VolumeSides.of(kernelDepth, kernelHeight, kernelWidth);
    }

    private ConvTranspose3d set(String option, VolumeSides sides) {
        options.requireOpen(this, option);
        this.sides = sides;
        return this;
    }

    /** Sets how far the window moves, the same along each side; 1 unless set. */
    public ConvTranspose3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves. */
    public ConvTranspose3d stride(int depth, int down, int across) {
        return set("stride", sides.stride(depth, down, across));
    }

    /** Sets how much is cut off the outputs; 0 unless set. */
    public ConvTranspose3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets how much is cut off the outputs. */
    public ConvTranspose3d padding(int depth, int down, int across) {
        return set("padding", sides.padding(depth, down, across));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public ConvTranspose3d dilation(int number) {
        return dilation(number, number, number);
    }

    /** Sets how far apart the taps lie. */
    public ConvTranspose3d dilation(int depth, int down, int across) {
        return set("dilation", sides.dilation(depth, down, across));
    }

    /** Sets by how much outputs are larger at their ends; 0 unless set. */
    public ConvTranspose3d outputPadding(int depth, int down, int across) {
        options.requireOpen(this, "outputPadding");
        extra = new int[] {depth, down, across};
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public ConvTranspose3d groups(int number) {
        options.requireOpen(this, "groups");
        if (number < 1 || in % number != 0 || out % number != 0) {
            throw new IllegalArgumentException(
                    "ConvTranspose3d: %d -> %d channels in %d groups; groups must be 1 or more and divide both"
                            .formatted(in, out, number));
        }
        groups = number;
        return this;
    }

    /** Takes the bias away. */
    public ConvTranspose3d withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    /** Returns the convolution of slices, which has the weight. */
    synchronized ConvTranspose2d slices() {
        options.close();
        if (slices == null) {
            Side rows = sides.rows();
            Side cols = sides.cols();
            int depth = sides.depth().kernel();
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
                            .groups(groups)
                            .withoutBias();
            Param weight = slices.weight();
            weight.savedAs(new Shape(in, out / groups, depth, rows.kernel(), cols.kernel()));
            bias = hasBias ? new Param(1, out, Initializer.kaimingUniform(weight.cols())) : null;
        }
        return slices;
    }

    /** Returns the weight: a row for each input channel, flattened as in PyTorch. */
    public Param weight() {
        return slices().weight();
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public Param bias() {
        slices();
        return bias;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight());
        if (bias != null) {
            parameters.put("bias", bias);
        }
        return parameters;
    }

    /** Returns how the window of the convolution slides of which this is the transposed one. */
    private Axis axis(Shape input, int number) {
        Side side = sides.side(number);
        if (extra[number] < 0 || extra[number] >= Math.max(side.stride(), side.dilation())) {
            throw new IllegalArgumentException(
                    ("%s: output padding is %d; it must be 0 or more and smaller than stride or"
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
        options.close();
        VolumeSides.require(this, input);
        Images.requireChannels(this, input, in);
        return new Shape(out, axis(input, 0).size(), axis(input, 1).size(), axis(input, 2).size());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        return new ConvTranspose3dPass(this, axis(input, 0), input, output, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = sides.options();
        all.putFirst("outChannels", out);
        all.putFirst("inChannels", in);
        all.put("groups", groups);
        all.put("bias", hasBias);
        all.put("outputPadding", Arrays.stream(extra).boxed().toList());
        return all;
    }

    @Override
    public String toString() {
        boolean usual = extra[0] == 0 && extra[1] == 0 && extra[2] == 0;
        return "ConvTranspose3d(%d -> %d, %s%s%s%s)"
                .formatted(
                        in,
                        out,
                        sides.text(),
                        usual ? "" : ", output padding " + Arrays.toString(extra),
                        groups == 1 ? "" : ", %d groups".formatted(groups),
                        hasBias ? "" : ", no bias");
    }
}
