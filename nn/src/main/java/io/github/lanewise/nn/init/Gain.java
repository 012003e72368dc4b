package io.github.lanewise.nn.init;

/**
 * By how much weights must be larger than those of a linear layer, so that the nonlinearity after
 * them keeps the size of the signal: PyTorch's {@code calculate_gain}.
 */
public final class Gain {

    /** Of linear layers, convolutions and the sigmoid. */
    public static final double LINEAR = 1;

    /** Of tanh. */
    public static final double TANH = 5.0 / 3;

    /** Of ReLU. */
    public static final double RELU = Math.sqrt(2);

    /** Of SELU. */
    public static final double SELU = 3.0 / 4;

    private Gain() {}

    /** Returns that of a leaky ReLU: sqrt(2 / (1 + slope^2)). */
    public static double leakyRelu(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }
}
