package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * Brings each group of channels of each sample to mean 0 and variance 1, then scales each channel
 * (Wu and He, "Group normalization", 2018): as {@link LayerNorm}, over the values of a group.
 *
 * <p>The first dimension of a sample is its channels; weight and bias have a number for each and
 * start at 1 and 0.
 */
public final class GroupNorm implements Layer {

    private static final float EPS = 1e-5f;

    private final Options options = new Options();
    private final int groups;
    private final int channels;
    private final Param weight;
    private final Param bias;
    private float eps = EPS;
    private boolean affine = true;

    /**
     * Makes a layer with weight and bias and an eps of 1e-5.
     *
     * @param groups into how many the channels are divided
     * @param channels a multiple of groups
     * @throws IllegalArgumentException if groups do not divide the channels
     */
    public GroupNorm(int groups, int channels) {
        if (groups < 1 || channels < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "GroupNorm: %s channels in %s groups; groups must divide channels"
                            .formatted(channels, groups));
        }
        this.groups = groups;
        this.channels = channels;
        weight = new Param(1, channels, Initializer.constant(1));
        bias = new Param(1, channels, Initializer.constant(0));
    }

    /** Sets what is added to the variance; 1e-5 unless set. */
    public GroupNorm eps(float number) {
        options.requireOpen(this, "eps");
        eps = Normalization.requireEps(this, number);
        return this;
    }

    /** Takes weight and bias away. */
    public GroupNorm withoutAffine() {
        options.requireOpen(this, "withoutAffine");
        affine = false;
        return this;
    }

    /** Returns the weight, a row with a number for each channel, or null. */
    public Param weight() {
        options.close();
        return affine ? weight : null;
    }

    /** Returns the bias, of the weight's shape, or null. */
    public Param bias() {
        options.close();
        return affine ? bias : null;
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.dimension(0) != channels) {
            throw new IllegalArgumentException(
                    "%s: input is %s, with %s channels; the layer takes %s"
                            .formatted(this, input, input.dimension(0), channels));
        }
        return input;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int n = input.features() / groups;
        int ofChannel = input.features() / channels;
        Scaling scaling = new Scaling(weight(), bias(), ofChannel, n, workspace);
        return new NormPass(this, new RowNorm(true, eps), input, n, scaling, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("numGroups", groups, "numChannels", channels, "eps", eps, "affine", affine);
    }

    @Override
    public String toString() {
        return "GroupNorm(%s groups of %s channels)".formatted(groups, channels / groups);
    }
}
