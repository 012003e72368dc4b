package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

/**
 * Normalizes each channel of volumes over batch and positions (Ioffe and Szegedy, 2015): outputs =
 * (inputs - mean) / sqrt(variance + eps) * weight + bias.
 *
 * <p>Inputs and outputs are of channels x depth x height x width. Passes for training take mean and
 * biased variance of their batch, and move the running ones towards them: running = (1 - momentum)
 * running + momentum statistic, the variance unbiased. Passes for inference take the running ones,
 * which are saved as states. By default eps is 1e-5, momentum 0.1; weight begins with 1, bias with
 * 0.
 */
public final class BatchNorm3d extends BatchNorm {

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if there are no channels
     */
    public BatchNorm3d(int channels) {
        super(channels);
    }

    /** Sets what is added to the variance; 1e-5 unless set. */
    public BatchNorm3d eps(float number) {
        setEps(number);
        return this;
    }

    /** Sets the share of a batch in the running statistics, from 0 to 1; 0.1 unless set. */
    public BatchNorm3d momentum(float number) {
        setMomentum(number);
        return this;
    }

    /** Takes weight and bias away. */
    public BatchNorm3d withoutAffine() {
        removeAffine();
        return this;
    }

    /**
     * Sets whether the layer is, from the next bind on, as it is in inference: training too takes
     * the running statistics and leaves them as they are. It may be set at any time.
     */
    public BatchNorm3d frozen(boolean whether) {
        setFrozen(whether);
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input, 4, "volumes: channels x depth x height x width");
        Images.requireChannels(this, input, channels());
        return input;
    }
}
