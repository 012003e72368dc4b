package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

/**
 * Normalises each channel of images over batch, height and width (Ioffe and Szegedy, 2015): outputs
 * = (inputs - mean) / sqrt(variance + eps) * weight + bias.
 *
 * <p>Inputs and outputs are of channels x height x width. Passes for training take mean and biased
 * variance of their batch, and move the running ones towards them: running = (1 - momentum) running
 * + momentum statistic, the variance unbiased. Passes for inference take the running ones, which
 * are saved as states. By default eps is 1e-5, momentum 0.1; weight begins with 1, bias with 0.
 */
public final class BatchNorm2d extends BatchNorm {

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if there are no channels
     */
    public BatchNorm2d(int channels) {
        this(Parts.of("BatchNorm2d", channels));
    }

    private BatchNorm2d(Parts parts) {
        super(parts);
    }

    /** Returns this layer, its parameters and states included, with another eps. */
    public BatchNorm2d eps(float number) {
        return new BatchNorm2d(parts().eps(number));
    }

    /** Returns this layer, its parameters and states included, with another momentum. */
    public BatchNorm2d momentum(float number) {
        return new BatchNorm2d(parts().momentum(number));
    }

    /** Returns this layer, its states included, without weight and bias. */
    public BatchNorm2d withoutAffine() {
        return new BatchNorm2d(parts().withoutAffine());
    }

    /**
     * Returns this layer, its parameters and states included, as it is in inference: training too
     * takes the running statistics and leaves them as they are.
     */
    public BatchNorm2d frozen() {
        return new BatchNorm2d(parts().freeze());
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        Images.requireChannels(this, input, parts().channels());
        return input;
    }
}
