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

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Normalises each channel over batch and positions (Ioffe and Szegedy, 2015): outputs = (inputs -
 * mean) / sqrt(variance + eps) * weight + bias.
 *
 * <p>A pass for training takes mean and biased variance of its batch, and moves the running
 * statistics towards them: running = (1 - momentum) running + momentum statistic, with the unbiased
 * variance. A pass for inference takes the running statistics. With z = (inputs - mean) / sqrt
 * (variance + eps) and n values of a channel in the batch, backward gives dBias = sum(dOutputs),
 * dWeight = sum(dOutputs z), and dInputs = weight / sqrt(variance + eps) (dOutputs - dBias / n - z
 * dWeight / n).
 */
public abstract sealed class BatchNorm implements Fusible permits BatchNorm1d, BatchNorm2d {

    /**
     * What a layer consists of.
     *
     * @param channels that are normalised
     * @param eps added to the variance
     * @param momentum share of a batch in the running statistics
     * @param frozen whether training uses the running statistics too, and leaves them
     * @param weight 1 x channels, or null
     * @param bias 1 x channels, or null
     * @param runningMean state
     * @param runningVar state
     */
    record Parts(
            int channels,
            float eps,
            float momentum,
            boolean frozen,
            Param weight,
            Param bias,
            State runningMean,
            State runningVar) {

        static Parts of(String name, int channels) {
            if (channels < 1) {
                throw new IllegalArgumentException(
                        "%s: %d channels; there must be 1 or more".formatted(name, channels));
            }
            return new Parts(
                    channels,
                    1e-5f,
                    0.1f,
                    false,
                    new Param(1, channels, Initializer.constant(1)),
                    new Param(1, channels, Initializer.constant(0)),
                    new State(1, channels, 0),
                    new State(1, channels, 1));
        }

        Parts eps(float number) {
            return new Parts(
                    channels, number, momentum, frozen, weight, bias, runningMean, runningVar);
        }

        Parts momentum(float number) {
            return new Parts(channels, eps, number, frozen, weight, bias, runningMean, runningVar);
        }

        Parts withoutAffine() {
            return new Parts(channels, eps, momentum, frozen, null, null, runningMean, runningVar);
        }

        Parts freeze() {
            return new Parts(channels, eps, momentum, true, weight, bias, runningMean, runningVar);
        }

        ChannelNorm normalization(Matrix mean, Matrix variance) {
            return new ChannelNorm(
                    mean,
                    variance,
                    eps,
                    weight == null ? null : weight.value(),
                    bias == null ? null : bias.value());
        }
    }

    private final Parts parts;

    BatchNorm(Parts parts) {
        this.parts = parts;
    }

    final Parts parts() {
        return parts;
    }

    /** Returns the factor of each channel, 1 x channels, or null if the layer has none. */
    public final Param weight() {
        return parts.weight;
    }

    /** Returns what is added to each channel, 1 x channels, or null if the layer adds nothing. */
    public final Param bias() {
        return parts.bias;
    }

    /** Returns the running mean, 1 x channels. */
    public final State runningMean() {
        return parts.runningMean;
    }

    /** Returns the running variance, 1 x channels. */
    public final State runningVar() {
        return parts.runningVar;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        if (parts.weight != null) {
            parameters.put("weight", parts.weight);
            parameters.put("bias", parts.bias);
        }
        return parameters;
    }

    @Override
    public final SequencedMap<String, State> states() {
        SequencedMap<String, State> states = new LinkedHashMap<>();
        states.put("runningMean", parts.runningMean);
        states.put("runningVar", parts.runningVar);
        return states;
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        outputShape(input);
        int values = workspace.batch() * (input.features() / parts.channels);
        if (workspace.training() && !parts.frozen && values == 1) {
            throw new IllegalArgumentException(
                    "%s: one value for each channel has no variance; train on larger batches"
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
        return "%s(%d%s%s%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        parts.channels,
                        parts.eps == 1e-5f ? "" : ", eps " + parts.eps,
                        parts.momentum == 0.1f ? "" : ", momentum " + parts.momentum,
                        parts.weight == null ? ", not affine" : "",
                        parts.frozen ? ", frozen" : "");
    }
}
