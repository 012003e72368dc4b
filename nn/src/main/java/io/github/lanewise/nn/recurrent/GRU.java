package io.github.lanewise.nn.recurrent;

/**
 * Gated recurrent units (Cho et al., "Learning phrase representations using RNN encoder-decoder",
 * 2014). With (xr, xz, xn) = x W_ih + b_ih, (hr, hz, hn) = h W_hh + b_hh and s(x) = 1 / (1 +
 * exp(-x)):
 *
 * <pre>
 * r = s(xr + hr)
 * z = s(xz + hz)
 * n = tanh(xn + r hn)
 * h = (1 - z) n + z h
 * </pre>
 *
 * <p>See {@link Recurrent} for shapes and parameters.
 */
public final class GRU extends Recurrent {

    /**
     * Makes one layer that reads forward and gives the outputs of all steps.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public GRU(int inputs, int units) {
        super(inputs, units, 3);
    }

    /** Sets how many layers stand on each other; 1 unless set. */
    public GRU numLayers(int number) {
        setNumLayers(number);
        return this;
    }

    /** Reads backwards as well, with parameters of its own. */
    public GRU bidirectional() {
        setBidirectional();
        return this;
    }

    /** Takes the biases away. */
    public GRU withoutBias() {
        setWithoutBias();
        return this;
    }

    /**
     * Drops what a layer reads of the one below it, with this probability, while training; so a
     * single layer drops nothing. 0 unless set.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public GRU dropout(float p) {
        setDropout(p);
        return this;
    }

    /** Gives the last hidden state alone. */
    public GRU lastOutput() {
        setLastOutput();
        return this;
    }

    @Override
    Direction direction(DirectionPlan plan) {
        return new GruDirection(plan);
    }
}
