package io.github.lanewise.nn.recurrent;

/**
 * The extent of a recurrent layer.
 *
 * @param inputs features of a step
 * @param units hidden units of each direction
 * @param layers how many stand on each other
 * @param bidirectional whether each also reads backwards
 * @param lastOutput whether only the last hidden state is wanted
 */
record Recurrence(int inputs, int units, int layers, boolean bidirectional, boolean lastOutput) {

    Recurrence {
        if (inputs < 1 || units < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "Recurrent: %d inputs, %d units, %d layers; each must be 1 or more"
                            .formatted(inputs, units, layers));
        }
    }

    int directions() {
        return bidirectional ? 2 : 1;
    }

    /** Returns the outputs of a step: the units of all directions. */
    int width() {
        return directions() * units;
    }

    @Override
    public String toString() {
        return "(%d -> %d%s%s%s)"
                .formatted(
                        inputs,
                        units,
                        layers > 1 ? ", " + layers + " layers" : "",
                        bidirectional ? ", bidirectional" : "",
                        lastOutput ? ", last output" : "");
    }
}
