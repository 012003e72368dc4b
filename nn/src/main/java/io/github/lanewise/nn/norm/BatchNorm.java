package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Normalizes each channel over batch and positions (Ioffe and Szegedy, 2015): outputs = (inputs -
 * mean) / sqrt(variance + eps) * weight + bias.
 *
 * <p>A pass for training takes mean and biased variance of its batch, and moves the running
 * statistics towards them: running = (1 - momentum) running + momentum statistic, with the unbiased
 * variance, rounded once, and moved by one step of a float at least. The rounding of the batch's
 * mean is taken into account, so values far from 0 lose nothing by it. A pass for inference takes
 * the running statistics. With z = (inputs - mean) / sqrt (variance + eps) and n values of a
 * channel in the batch, backward gives dBias = sum(dOutputs), dWeight = sum(dOutputs z), and
 * dInputs = weight / sqrt(variance + eps) (dOutputs - dBias / n - z dWeight / n).
 */
public abstract sealed class BatchNorm implements Fusible
        permits BatchNorm1d, BatchNorm2d, BatchNorm3d {

    private static final float EPS = 1e-5f;
    private static final float MOMENTUM = 0.1f;

    private final Options options = new Options();
    private final int channels;
    private final Param weight;
    private final Param bias;
    private final State runningMean;
    private final State runningVar;
    private float eps = EPS;
    private float momentum = MOMENTUM;
    private boolean affine = true;
    private volatile boolean frozen;
    private volatile float share = -1;

    BatchNorm(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "%s: %s channels; there must be 1 or more"
                            .formatted(getClass().getSimpleName(), channels));
        }
        this.channels = channels;
        weight = new Param(1, channels, Initializer.constant(1));
        bias = new Param(1, channels, Initializer.constant(0));
        runningMean = new State(1, channels, 0);
        runningVar = new State(1, channels, 1);
    }

    final void setEps(float number) {
        options.requireOpen(this, "eps");
        eps = Normalization.requireEps(this, number);
    }

    final void setMomentum(float number) {
        options.requireOpen(this, "momentum");
        if (!(number >= 0 && number <= 1)) {
            throw new IllegalArgumentException(
                    "%s: momentum is %s; it must be from 0 to 1".formatted(this, number));
        }
        momentum = number;
    }

    final void removeAffine() {
        options.requireOpen(this, "withoutAffine");
        affine = false;
    }

    final void setFrozen(boolean whether) {
        frozen = whether;
    }

    final int channels() {
        return channels;
    }

    /** Returns the share of a batch in the running statistics. */
    final float momentum() {
        return share < 0 ? momentum : share;
    }

    /** Sets the share of the next batch in place of the momentum. */
    final void takeShare(float ofBatch) {
        share = ofBatch;
    }

    final void takeUsualShare() {
        share = -1;
    }

    final boolean isFrozen() {
        return frozen;
    }

    final ChannelNorm normalization(Matrix mean, Matrix meanLow, Matrix variance) {
        Matrix factors = affine ? weight.value() : null;
        Matrix shifts = affine ? bias.value() : null;
        return new ChannelNorm(mean, meanLow, variance, eps, factors, shifts);
    }

    /** Returns the factor of each channel, 1 x channels, or null if the layer has none. */
    public final Param weight() {
        options.close();
        return affine ? weight : null;
    }

    /** Returns what is added to each channel, 1 x channels, or null if the layer adds nothing. */
    public final Param bias() {
        options.close();
        return affine ? bias : null;
    }

    /** Returns the running mean, 1 x channels. */
    public final State runningMean() {
        return runningMean;
    }

    /** Returns the running variance, 1 x channels. */
    public final State runningVar() {
        return runningVar;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    @Override
    public final SequencedMap<String, State> states() {
        return Named.of("running_mean", runningMean, "running_var", runningVar);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("numFeatures", channels);
        all.put("eps", eps);
        all.put("momentum", momentum);
        all.put("affine", affine);
        all.put("frozen", frozen);
        return all;
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        options.close();
        outputShape(input);
        if (workspace.training() && !frozen && workspace.rowLengths() != null) {
            throw new IllegalArgumentException(
                    ("%s: its batch is the steps of sequences of unequal length; the statistics"
                                    + " would be of padding, too; take a LayerNorm or RMSNorm")
                            .formatted(this));
        }
        int values = workspace.batch() * (input.features() / channels);
        if (workspace.training() && !frozen && values == 1) {
            throw new IllegalArgumentException(
                    ("%s: a batch of 1 sample with one value for each channel has no variance;"
                                    + " train on batches of 2 samples or more, and if only the"
                                    + " last one of an epoch has 1, drop it")
                            .formatted(this));
        }
        return new BatchNormPass(
                this,
                workspace.buffer(input),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    @Override
    public final String toString() {
        return "%s(%s%s%s%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        channels,
                        eps == EPS ? "" : ", eps " + eps,
                        momentum == MOMENTUM ? "" : ", momentum " + momentum,
                        affine ? "" : ", not affine",
                        frozen ? ", frozen" : "");
    }
}
