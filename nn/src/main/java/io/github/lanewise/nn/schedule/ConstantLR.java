package io.github.lanewise.nn.schedule;

/**
 * Holds a share of the rate for a while, then the rate.
 *
 * @param rate the learning rate
 * @param factor the share; 1/3 in PyTorch
 * @param steps how many steps or epochs it holds; 5 in PyTorch
 */
public record ConstantLR(double rate, double factor, long steps) implements Schedule {

    /** Holds the rate for ever. */
    public ConstantLR(double rate) {
        this(rate, 1, 0);
    }

    @Override
    public double at(long t) {
        return t < steps ? rate * factor : rate;
    }
}
