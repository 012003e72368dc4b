package io.github.lanewise.nn.recurrent;

import java.util.SequencedMap;

/**
 * Plain recurrent layers: h = tanh(x W_ih + b_ih + h W_hh + b_hh), or ReLU in place of tanh (Elman,
 * "Finding structure in time", 1990). See {@link Recurrent} for shapes and parameters.
 */
public final class RNN extends Recurrent {

    private boolean relu;

    /**
     * Makes one layer that reads forward and gives the outputs of all steps.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public RNN(int inputs, int units) {
        super(inputs, units, 1);
    }

    /** Takes ReLU in place of tanh. */
    public RNN relu() {
        requireOpen("relu");
        relu = true;
        return this;
    }

    /** Sets how many layers stand on each other; 1 unless set. */
    public RNN numLayers(int number) {
        setNumLayers(number);
        return this;
    }

    /** Reads backwards as well, with parameters of its own. */
    public RNN bidirectional() {
        setBidirectional();
        return this;
    }

    /** Takes the biases away. */
    public RNN withoutBias() {
        setWithoutBias();
        return this;
    }

    /**
     * Drops what a layer reads of the one below it, with this probability, while training; so a
     * single layer drops nothing. 0 unless set.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public RNN dropout(float p) {
        setDropout(p);
        return this;
    }

    /** Gives the last hidden state alone. */
    public RNN lastOutput() {
        setLastOutput();
        return this;
    }

    @Override
    Direction direction(DirectionPlan plan) {
        return new RnnDirection(plan, relu);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.put("nonlinearity", relu ? "relu" : "tanh");
        return all;
    }

    @Override
    public String toString() {
        return super.toString() + (relu ? " with ReLU" : "");
    }
}
