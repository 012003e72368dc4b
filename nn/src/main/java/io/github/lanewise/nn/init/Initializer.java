package io.github.lanewise.nn.init;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Gives a parameter the values from which training starts.
 *
 * <p>Each parameter draws from a stream of its own, so another initializer of one changes no other.
 * Choose one for all weights of a layer or model by {@link
 * io.github.lanewise.nn.Layer#initialize(Initializer)}, or for one parameter by {@link
 * io.github.lanewise.nn.Param#initializer}.
 */
@FunctionalInterface
public interface Initializer {

    /**
     * Writes every element.
     *
     * @param value the parameter's values, without padding between rows
     * @param random the parameter's own stream
     */
    void fill(Matrix value, RandomStream random);

    /**
     * Writes every element, knowing how many inputs and outputs the parameter joins; most
     * initializers do not care.
     *
     * @param fans null if the parameter is no weight
     */
    default void fill(Matrix value, Fans fans, RandomStream random) {
        fill(value, random);
    }

    /** Returns one that draws from U(-bound, bound), row by row. */
    static Initializer uniform(float bound) {
        return uniform(-bound, bound);
    }

    /**
     * Returns one that draws from U(low, high), row by row.
     *
     * @throws IllegalArgumentException if either is not finite, or low is above high
     */
    static Initializer uniform(float low, float high) {
        if (!(low <= high && Float.isFinite(low) && Float.isFinite(high))) {
            throw new IllegalArgumentException(
                    ("Initializer.uniform: from %s to %s; both must be finite, and the first no"
                                    + " larger than the second")
                            .formatted(low, high));
        }
        return (value, random) -> {
            float[] data = value.data();
            for (int i = 0; i < value.size(); i++) {
                data[value.offset() + i] = random.uniform(low, high);
            }
        };
    }

    /**
     * Returns one that draws from the normal distribution, row by row.
     *
     * @throws IllegalArgumentException if either is not finite, or the deviation is below 0
     */
    static Initializer normal(double mean, double deviation) {
        if (!(deviation >= 0 && Double.isFinite(deviation) && Double.isFinite(mean))) {
            throw new IllegalArgumentException(
                    ("Initializer.normal: mean %s, deviation %s; both must be finite, and the"
                                    + " deviation 0 or more")
                            .formatted(mean, deviation));
        }
        return (value, random) -> {
            float[] data = value.data();
            for (int i = 0; i < value.size(); i++) {
                data[value.offset() + i] = (float) (mean + deviation * random.gaussian());
            }
        };
    }

    /**
     * Returns one that draws from the normal distribution again and again until the number lies in
     * [low, high]; PyTorch's defaults are 0, 1, -2, 2.
     *
     * @throws IllegalArgumentException if the interval is empty or lies more than two deviations
     *     off the mean
     */
    static Initializer truncatedNormal(double mean, double deviation, double low, double high) {
        return new TruncatedNormal(mean, deviation, low, high);
    }

    /** Returns one that gives every element the same number. */
    static Initializer constant(float number) {
        return (value, random) ->
                Arrays.fill(value.data(), value.offset(), value.offset() + value.size(), number);
    }

    /** Returns one that writes 0. */
    static Initializer zeros() {
        return constant(0);
    }

    /** Returns one that writes 1. */
    static Initializer ones() {
        return constant(1);
    }

    /** Returns one that writes the unit matrix: 1 on the diagonal, else 0. */
    static Initializer eye() {
        return (value, random) -> {
            zeros().fill(value, random);
            for (int i = 0; i < Math.min(value.rows(), value.cols()); i++) {
                value.data()[value.offset() + i * value.ld() + i] = 1;
            }
        };
    }

    /** Returns one whose rows, or columns if these are fewer, are orthogonal and of length 1. */
    static Initializer orthogonal() {
        return orthogonal(1);
    }

    /** Returns one whose rows, or columns if these are fewer, are orthogonal and of this length. */
    static Initializer orthogonal(double gain) {
        return new Orthogonal(gain);
    }

    /**
     * Returns PyTorch's default for the weight and bias of {@link
     * io.github.lanewise.nn.layer.Linear}: U(-b, b) with b = 1 / sqrt(fan in). For the weight that
     * is He initialization (He et al., 2015) for a leaky ReLU of slope sqrt(5): b = sqrt(2 / (1 +
     * 5)) sqrt(3 / fan in).
     */
    static Initializer kaimingUniform(int fanIn) {
        return uniform((float) (1 / Math.sqrt(fanIn)));
    }

    /** Returns He initialization (He et al., 2015) for ReLU: U(-b, b), b = sqrt(6 / fan in). */
    static VarianceScaling kaimingUniform() {
        return VarianceScaling.uniform(VarianceScaling.Mode.FAN_IN, Gain.RELU);
    }

    /** Returns He initialization for ReLU from a normal distribution of variance 2 / fan in. */
    static VarianceScaling kaimingNormal() {
        return VarianceScaling.normal(VarianceScaling.Mode.FAN_IN, Gain.RELU);
    }

    /**
     * Returns the initialization of Glorot and Bengio (2010): U(-b, b), b = sqrt(6 / (fan in + fan
     * out)).
     */
    static VarianceScaling xavierUniform() {
        return VarianceScaling.uniform(VarianceScaling.Mode.FAN_AVERAGE, Gain.LINEAR);
    }

    /** Returns Glorot and Bengio's from a normal distribution: variance 2 / (fan in + fan out). */
    static VarianceScaling xavierNormal() {
        return VarianceScaling.normal(VarianceScaling.Mode.FAN_AVERAGE, Gain.LINEAR);
    }

    /** Returns LeCun's initialization (LeCun et al., 1998): U(-b, b), b = sqrt(3 / fan in). */
    static VarianceScaling lecunUniform() {
        return VarianceScaling.uniform(VarianceScaling.Mode.FAN_IN, Gain.LINEAR);
    }

    /** Returns LeCun's from a normal distribution of variance 1 / fan in, as SELU wants it. */
    static VarianceScaling lecunNormal() {
        return VarianceScaling.normal(VarianceScaling.Mode.FAN_IN, Gain.LINEAR);
    }
}
