package io.github.lanewise.nn.recurrent;

/** One step of a {@link GRU}: see {@link RecurrentCell}. */
public final class GRUCell extends RecurrentCell {

    /**
     * Makes a cell.
     *
     * @param inputs features of a step
     * @param units hidden units
     * @throws IllegalArgumentException if either is below 1
     */
    public GRUCell(int inputs, int units) {
        super(new GRU(inputs, units));
    }

    /** Takes the biases away. */
    public GRUCell withoutBias() {
        layer().setWithoutBias();
        return this;
    }
}
