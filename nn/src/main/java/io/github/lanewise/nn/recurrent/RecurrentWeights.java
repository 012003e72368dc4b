package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Fans;
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
                weight(inputs, units, gates),
                weight(units, units, gates),
                bias(units, gates),
                bias(units, gates));
    }

    private static Param weight(int in, int units, int gates) {
        return new Param(in, gates * units, Initializer.kaimingUniform(units))
                .fans(Fans.ofColumns(in, gates * units))
                .savedTransposed();
    }

    private static Param bias(int units, int gates) {
        return new Param(1, gates * units, Initializer.kaimingUniform(units));
    }
}
