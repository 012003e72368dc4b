package io.github.lanewise.nn.recurrent;

/** One step of an {@link LSTM}, with the states h and c: see {@link RecurrentCell}. */
public final class LSTMCell extends RecurrentCell {

    /**
     * Makes a cell.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public LSTMCell(int inputs, int units) {
        super(new LSTM(inputs, units));
    }

    /** Takes the biases away. */
    public LSTMCell withoutBias() {
        layer().setWithoutBias();
        return this;
    }
}
