package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.internal.StackDepth;

import java.util.Locale;

/**
 * The extent of a recurrent layer.
 *
 * @param inputs features of a step
 * @param units hidden units of each direction
 * @param layers how many stand on each other
 * @param bidirectional whether each also reads backwards
 * @param lastOutput whether only the last hidden state is wanted
 * @param bias whether there are biases
 * @param projection features to which hidden states are projected; 0 if they are not
 */
record Recurrence(
        int inputs,
        int units,
        int layers,
        boolean bidirectional,
        boolean lastOutput,
        boolean bias,
        int projection) {

    Recurrence {
        if (inputs < 1 || units < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Recurrent: %s inputs, %s units, %s layers; each must be 1 or more",
                            inputs,
                            units,
                            layers));
        }
        if (layers > StackDepth.MOST) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Recurrent: %,d layers; there may be %,d",
                            layers,
                            StackDepth.MOST));
        }
        if (projection < 0 || projection >= units) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Recurrent: projSize is %s; it must be below the %s hidden units",
                            projection,
                            units));
        }
    }

    Recurrence(int inputs, int units) {
        this(inputs, units, 1, false, false, true, 0);
    }

    Recurrence layers(int number) {
        return new Recurrence(inputs, units, number, bidirectional, lastOutput, bias, projection);
    }

    Recurrence inBothDirections() {
        return new Recurrence(inputs, units, layers, true, lastOutput, bias, projection);
    }

    Recurrence lastAlone() {
        return new Recurrence(inputs, units, layers, bidirectional, true, bias, projection);
    }

    Recurrence withoutBias() {
        return new Recurrence(inputs, units, layers, bidirectional, lastOutput, false, projection);
    }

    Recurrence projectedTo(int features) {
        return new Recurrence(inputs, units, layers, bidirectional, lastOutput, bias, features);
    }

    int directions() {
        return bidirectional ? 2 : 1;
    }

    /** Returns the features of a hidden state. */
    int state() {
        return projection > 0 ? projection : units;
    }

    /** Returns the outputs of a step: the hidden states of all directions. */
    int width() {
        return directions() * state();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "(%s -> %s%s%s%s%s%s)",
                inputs,
                units,
                projection > 0 ? ", projected to " + projection : "",
                layers > 1 ? ", " + layers + " layers" : "",
                bidirectional ? ", bidirectional" : "",
                bias ? "" : ", no bias",
                lastOutput ? ", last output" : "");
    }
}
