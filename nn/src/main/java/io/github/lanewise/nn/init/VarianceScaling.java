package io.github.lanewise.nn.init;

import io.github.lanewise.engine.Matrix;

import java.util.Objects;

/**
 * Draws weights whose standard deviation is gain / sqrt(fan), so that signals keep their size from
 * layer to layer. {@link Initializer#kaimingUniform()} and the other names of the field make it.
 *
 * @param mode which fan counts
 * @param gain of the nonlinearity that follows, see {@link Gain}
 * @param distribution of which shape the numbers are
 */
public record VarianceScaling(Mode mode, double gain, Distribution distribution)
        implements Initializer {

    /** The deviation of a standard normal variate that was cut off at -2 and 2. */
    private static final double DEVIATION_WITHIN_TWO = 0.87962566103423978;

    /** Which fan counts. */
    public enum Mode {
        /** The inputs of an output: signals keep their size forward. */
        FAN_IN,
        /** The outputs of an input: gradients keep theirs backward. */
        FAN_OUT,
        /** The mean of both. */
        FAN_AVERAGE
    }

    /** The shape of the distribution; its mean is 0. */
    public enum Distribution {
        /** Even between minus and plus sqrt(3) deviations. */
        UNIFORM,
        /** Normal. */
        NORMAL,
        /** Normal, cut off at two deviations and widened to make up for it, as Keras does. */
        TRUNCATED_NORMAL
    }

    /** Checks that everything is there, and the gain a positive number. */
    public VarianceScaling {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(distribution, "distribution");
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException(
                    "VarianceScaling: gain is %s; it must be above 0".formatted(gain));
        }
    }

    static VarianceScaling uniform(Mode mode, double gain) {
        return new VarianceScaling(mode, gain, Distribution.UNIFORM);
    }

    static VarianceScaling normal(Mode mode, double gain) {
        return new VarianceScaling(mode, gain, Distribution.NORMAL);
    }

    /** Returns the like for another nonlinearity, see {@link Gain}. */
    public VarianceScaling gain(double other) {
        return new VarianceScaling(mode, other, distribution);
    }

    /** Returns the like that keeps the size of gradients. */
    public VarianceScaling fanOut() {
        return new VarianceScaling(Mode.FAN_OUT, gain, distribution);
    }

    /** Returns the like from a truncated normal distribution. */
    public VarianceScaling truncated() {
        return new VarianceScaling(mode, gain, Distribution.TRUNCATED_NORMAL);
    }

    /** Returns the standard deviation for a weight of these fans. */
    public double deviation(Fans fans) {
        double fan =
                switch (mode) {
                    case FAN_IN -> fans.in();
                    case FAN_OUT -> fans.out();
                    case FAN_AVERAGE -> (fans.in() + (double) fans.out()) / 2;
                };
        return gain / Math.sqrt(fan);
    }

    /** Returns the bound of the uniform distribution for a weight of these fans. */
    public double bound(Fans fans) {
        return Math.sqrt(3) * deviation(fans);
    }

    @Override
    public void fill(Matrix value, RandomStream random) {
        fill(value, Fans.ofColumns(value.rows(), value.cols()), random);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the parameter is no weight
     */
    @Override
    public void fill(Matrix value, Fans fans, RandomStream random) {
        if (fans == null) {
            throw new IllegalArgumentException(
                    ("VarianceScaling: the parameter is a bias or scale, %s;"
                                    + " give it one that needs no fans, such as zeros()")
                            .formatted(value.shape()));
        }
        double deviation = deviation(fans);
        Initializer drawer =
                switch (distribution) {
                    case UNIFORM -> Initializer.uniform((float) bound(fans));
                    case NORMAL -> Initializer.normal(0, deviation);
                    case TRUNCATED_NORMAL -> {
                        double wide = deviation / DEVIATION_WITHIN_TWO;
                        yield Initializer.truncatedNormal(0, wide, -2 * wide, 2 * wide);
                    }
                };
        drawer.fill(value, random);
    }
}
