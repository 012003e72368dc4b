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
        this(Recurrence.of(inputs, units));
    }

    private LSTM(Recurrence recurrence) {
        super(recurrence, 4);
    }

    /** Returns new layers like this one, so many standing on each other. */
    public LSTM layers(int layers) {
        return new LSTM(recurrence().withLayers(layers));
    }

    /** Returns a new layer like this one that also reads backwards. */
    public LSTM bidirectional() {
        return new LSTM(recurrence().withBothDirections());
    }

    /** Returns a new layer like this one that gives the last hidden state alone. */
    public LSTM lastOutput() {
        return new LSTM(recurrence().withLastOutput());
    }

    @Override
    Direction direction(DirectionPlan plan) {
        return new LstmDirection(plan);
    }
}
