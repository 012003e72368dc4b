package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What the convolutions have in common: channels, groups, the sides of the window, and parameters.
 *
 * <p>Options are set where the layer is made, each returning the layer; parameters are made when
 * somebody first asks for them.
 */
public abstract class ConvolutionLayer implements Fusible {

    final int in;
    final int out;
    private final Options options = new Options();
    private int groups = 1;
    private Side rows;
    private Side cols;
    private boolean hasBias = true;
    private Param weight;
    private Param bias;

    ConvolutionLayer(int in, int out, Side rows, Side cols) {
        requireChannels(name(), in, out);
        this.in = in;
        this.out = out;
        this.rows = rows;
        this.cols = cols;
    }

    /** Checks the channels on both sides, of images or volumes. */
    static void requireChannels(String layer, int in, int out) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "%s: %s -> %s channels; each must be 1 or more".formatted(layer, in, out));
        }
    }

    /** Checks that groups divide the channels on both sides. */
    static void requireGroups(String layer, int in, int out, int number) {
        if (number < 1 || in % number != 0 || out % number != 0) {
            throw new IllegalArgumentException(
                    "%s: %s -> %s channels in %s groups; groups must be 1 or more and divide both"
                            .formatted(layer, in, out, number));
        }
    }

    private String name() {
        return getClass().getSimpleName();
    }

    final int groups() {
        return groups;
    }

    final Side rows() {
        return rows;
    }

    final Side cols() {
        return cols;
    }

    final boolean hasBias() {
        return hasBias;
    }

    final void set(String option, Side rows, Side cols) {
        options.requireOpen(this, option);
        this.rows = rows;
        this.cols = cols;
    }

    final void setGroups(int number) {
        options.requireOpen(this, "groups");
        requireGroups(name(), in, out, number);
        groups = number;
    }

    final void removeBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
    }

    final void requireOpen(String option) {
        options.requireOpen(this, option);
    }

    private synchronized void makeParameters() {
        options.close();
        if (weight != null) {
            return;
        }
        long taps = (long) rows.kernel() * cols.kernel();
        int weightRows = isTransposed() ? in : out;
        int ofGroup = (isTransposed() ? out : in) / groups;
        if (taps > Integer.MAX_VALUE / Math.max(in, out)) {
            throw new IllegalArgumentException(
                    "%s: %s -> %s channels under a window of %s x %s; take a smaller kernel"
                            .formatted(name(), in, out, rows.kernel(), cols.kernel()));
        }
        int weightCols = (int) (ofGroup * taps);
        // PyTorch's fans: of a transposed convolution, too, "in" is a row of the weight.
        Fans fans = Fans.ofRows(weightCols, (int) (weightRows * taps));
        Initializer initializer = Initializer.kaimingUniform(weightCols);
        bias = hasBias ? new Param(1, out, initializer) : null;
        weight =
                new Param(weightRows, weightCols, initializer)
                        .fans(fans)
                        .savedAs(weightShape(weightRows, ofGroup));
    }

    /** Returns PyTorch's shape of the weight, from the channels on both sides. */
    Shape weightShape(int rowChannels, int ofGroup) {
        return new Shape(rowChannels, ofGroup, rows.kernel(), cols.kernel());
    }

    /** Returns the weight: rows of channels, each flattened as in PyTorch. */
    public final Param weight() {
        makeParameters();
        return weight;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public final Param bias() {
        makeParameters();
        return bias;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    /** Checks images and closes the options. */
    final void requireImages(Shape input) {
        options.close();
        Images.require(this, input);
        Images.requireChannels(this, input, in);
    }

    /** Checks sequences and closes the options. */
    final void requireSequences(Shape input) {
        options.close();
        Images.require(this, input, 2, "sequences: channels x length");
        Images.requireChannels(this, input, in);
    }

    /** Returns the convolution under a window, which is made for inputs of a shape. */
    final Convolution under(Shape input, Supplier<Window> window) {
        return Side.named(
                this,
                input,
                () ->
                        isTransposed()
                                ? new Convolution(out, in, groups, window.get())
                                : new Convolution(in, out, groups, window.get()));
    }

    /** Returns the convolution on inputs of a shape, which is checked. */
    abstract Convolution convolution(Shape input);

    /** Returns whether the layer goes from the outputs of the convolution to its inputs. */
    abstract boolean isTransposed();

    @Override
    public final Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        return new ConvolutionPass(
                this,
                convolution(input),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    final String text(String window) {
        return "%s(%s -> %s, %s%s%s)"
                .formatted(
                        name(),
                        in,
                        out,
                        window,
                        groups == 1 ? "" : ", %s groups".formatted(groups),
                        hasBias ? "" : ", no bias");
    }

    /** Returns the options of a layer on images. */
    final SequencedMap<String, Object> imageOptions() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("inChannels", in);
        all.put("outChannels", out);
        all.putAll(Side.options(rows, cols));
        all.put("groups", groups);
        all.put("bias", hasBias);
        return all;
    }
}
