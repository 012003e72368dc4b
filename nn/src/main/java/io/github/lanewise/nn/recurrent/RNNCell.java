package io.github.lanewise.nn.recurrent;

import java.util.SequencedMap;

/** One step of an {@link RNN}: see {@link RecurrentCell}. */
public final class RNNCell extends RecurrentCell {

    /**
     * Makes a cell.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public RNNCell(int inputs, int units) {
        super(new RNN(inputs, units));
    }

    /** Takes the biases away. */
    public RNNCell withoutBias() {
        layer().setWithoutBias();
        return this;
    }

    /** Takes ReLU in place of tanh. */
    public RNNCell relu() {
        ((RNN) layer()).relu();
        return this;
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.put("nonlinearity", layer().options().get("nonlinearity"));
        return all;
    }
}
