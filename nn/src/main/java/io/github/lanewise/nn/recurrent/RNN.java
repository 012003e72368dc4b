package io.github.lanewise.nn.recurrent;

/**
 * Plain recurrent layers: h = tanh(x W_ih + b_ih + h W_hh + b_hh), or ReLU in place of tanh (Elman,
 * "Finding structure in time", 1990). See {@link Recurrent} for shapes and parameters.
 */
public final class RNN extends Recurrent {

    private final boolean relu;

    /**
     * Makes one layer that reads forward and gives the outputs of all steps.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public RNN(int inputs, int units) {
        this(Recurrence.of(inputs, units), false);
    }

    private RNN(Recurrence recurrence, boolean relu) {
        super(recurrence, 1);
        this.relu = relu;
    }

    /** Returns a new layer like this one, with ReLU in place of tanh. */
    public RNN relu() {
        return new RNN(recurrence(), true);
    }

    /** Returns new layers like this one, so many standing on each other. */
    public RNN layers(int layers) {
        return new RNN(recurrence().withLayers(layers), relu);
    }

    /** Returns a new layer like this one that also reads backwards. */
    public RNN bidirectional() {
        return new RNN(recurrence().withBothDirections(), relu);
    }

    /** Returns a new layer like this one that gives the last hidden state alone. */
    public RNN lastOutput() {
        return new RNN(recurrence().withLastOutput(), relu);
    }

    @Override
    Direction direction(DirectionPlan plan) {
        return new RnnDirection(plan, relu);
    }

    @Override
    public String toString() {
        return super.toString() + (relu ? " with ReLU" : "");
    }
}
