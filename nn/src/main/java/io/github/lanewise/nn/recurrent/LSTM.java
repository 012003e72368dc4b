package io.github.lanewise.nn.recurrent;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers,
 * Schmidhuber and Cummins, 2000). With (i, f, g, o) = x W_ih + b_ih + h W_hh + b_hh and s(x) = 1 /
 * (1 + exp(-x)):
 *
 * <pre>
 * c = s(f) c + s(i) tanh(g)
 * h = s(o) tanh(c)
 * </pre>
 *
 * <p>See {@link Recurrent} for shapes and parameters.
 */
public final class LSTM extends Recurrent {

    /**
     * Makes one layer that reads forward and gives the outputs of all steps.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public LSTM(int inputs, int units) {
        super(inputs, units, 4);
    }

    /** Sets how many layers stand on each other; 1 unless set. */
    public LSTM numLayers(int number) {
        setNumLayers(number);
        return this;
    }

    /** Reads backwards as well, with parameters of its own. */
    public LSTM bidirectional() {
        setBidirectional();
        return this;
    }

    /**
     * Makes hidden states of so many features, by a product with {@code weight_hr}, hidden units x
     * features: h = (s(o) tanh(c)) W_hr; 0, the default, leaves them.
     *
     * @throws IllegalArgumentException if they are not fewer than the hidden units
     */
    public LSTM projSize(int features) {
        setProjSize(features);
        return this;
    }

    /** Takes the biases away. */
    public LSTM withoutBias() {
        setWithoutBias();
        return this;
    }

    /**
     * Drops what a layer reads of the one below it, with this probability, while training; so a
     * single layer drops nothing. 0 unless set.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public LSTM dropout(float p) {
        setDropout(p);
        return this;
    }

    /** Gives the last hidden state alone. */
    public LSTM lastOutput() {
        setLastOutput();
        return this;
    }

    @Override
    Direction direction(DirectionPlan plan) {
        return new LstmDirection(plan);
    }
}
