package io.github.lanewise.examples;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.LSTM;
import io.github.lanewise.nn.Linear;
import io.github.lanewise.nn.Patches;
import io.github.lanewise.nn.Sequential;

/** Reads an image of a digit row by row, from top to bottom, and then says which it was. */
final class RowLstm {

    private static final int SIDE = 28;
    private static final int UNITS = 128;

    private RowLstm() {}

    /** Returns an untrained model of 1x28x28 images. */
    static Sequential create() {
        return new Sequential(
                new Patches(1, SIDE),
                new LSTM(SIDE, UNITS).lastOutput(),
                new Linear(UNITS, DigitSet.CLASSES));
    }
}
