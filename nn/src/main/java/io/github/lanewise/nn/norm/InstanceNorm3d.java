package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

/**
 * Normalizes each channel of each volume over depth, height and width: y = (x - mean) /
 * sqrt(variance + eps) * weight + bias, with the biased variance; as PyTorch's, without weight and
 * bias unless {@link #affine} says otherwise, and without running statistics.
 *
 * <p>Inputs are channels x depth x height x width.
 */
public final class InstanceNorm3d extends InstanceNorm {

    /**
     * Makes a layer with an eps of 1e-5.
     *
     * @throws IllegalArgumentException if there are no channels
     */
    public InstanceNorm3d(int channels) {
        super(channels);
    }

    /** Sets what is added to the variance; 1e-5 unless set. */
    public InstanceNorm3d eps(float number) {
        setEps(number);
        return this;
    }

    /** Adds a weight and a bias for each channel, which start at 1 and 0. */
    public InstanceNorm3d affine() {
        setAffine();
        return this;
    }

    @Override
    Shape requireRank(Shape input) {
        return Images.require(this, input, 4, "volumes: channels x depth x height x width");
    }
}
