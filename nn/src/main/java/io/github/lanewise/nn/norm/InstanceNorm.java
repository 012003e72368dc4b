package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * What the instance normalizations have in common: each channel of each sample is brought to mean 0
 * and variance 1 (Ulyanov and others, "Instance normalization", 2016), in training and inference
 * alike.
 */
public abstract class InstanceNorm implements Layer {

    private final Options options = new Options();
    private final int channels;
    private final Param weight;
    private final Param bias;
    private float eps = 1e-5f;
    private boolean affine;

    InstanceNorm(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "%s: %s channels; there must be 1 or more"
                            .formatted(getClass().getSimpleName(), channels));
        }
        this.channels = channels;
        weight = new Param(1, channels, Initializer.constant(1));
        bias = new Param(1, channels, Initializer.constant(0));
    }

    final void setEps(float number) {
        options.requireOpen(this, "eps");
        eps = Normalization.requireEps(this, number);
    }

    final void setAffine() {
        options.requireOpen(this, "affine");
        affine = true;
    }

    /** Returns the weight, 1 x channels, or null. */
    public final Param weight() {
        options.close();
        return affine ? weight : null;
    }

    /** Returns the bias, 1 x channels, or null. */
    public final Param bias() {
        options.close();
        return affine ? bias : null;
    }

    /** Checks the number of dimensions. */
    abstract Shape requireRank(Shape input);

    @Override
    public final Shape outputShape(Shape input) {
        options.close();
        requireRank(input);
        Images.requireChannels(this, input, channels);
        if (input.features() == channels) {
            throw new IllegalArgumentException(
                    "%s: input is %s, one value a channel; it must be more to have a variance"
                            .formatted(this, input));
        }
        return input;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int n = input.features() / channels;
        Scaling scaling = new Scaling(weight(), bias(), n, n, workspace);
        return new NormPass(this, new RowNorm(true, eps), input, n, scaling, workspace);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        return Named.of("numFeatures", channels, "eps", eps, "affine", affine);
    }

    @Override
    public final String toString() {
        return "%s(%s%s)".formatted(getClass().getSimpleName(), channels, affine ? ", affine" : "");
    }
}
