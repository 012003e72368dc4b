package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;

/**
 * The parameters of one direction of one recurrent layer.
 *
 * @param suffix of their names
 * @param input inputs x (gates x units)
 * @param hidden units x (gates x units)
 * @param inputBias a row of gates x units
 * @param hiddenBias a row of gates x units
 */
record RecurrentWeights(
        String suffix, Param input, Param hidden, Param inputBias, Param hiddenBias) {

    RecurrentWeights(String suffix, int inputs, int units, int gates) {
        this(
                suffix,
                parameter(inputs, units, gates),
                parameter(units, units, gates),
                parameter(1, units, gates),
                parameter(1, units, gates));
    }

    private static Param parameter(int rows, int units, int gates) {
        return new Param(rows, gates * units, Initializer.kaimingUniform(units));
    }
}
