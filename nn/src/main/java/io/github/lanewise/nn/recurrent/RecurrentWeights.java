package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;

import java.util.Map;

/**
 * The parameters of one direction of one recurrent layer.
 *
 * @param suffix of their names
 * @param input inputs x (gates x units)
 * @param hidden hidden state x (gates x units)
 * @param inputBias a row of gates x units, or null
 * @param hiddenBias a row of gates x units, or null
 * @param projection units x hidden state, or null
 */
record RecurrentWeights(
        String suffix,
        Param input,
        Param hidden,
        Param inputBias,
        Param hiddenBias,
        Param projection) {

    RecurrentWeights(String suffix, int inputs, Recurrence extent, int gates) {
        this(
                suffix,
                weight(inputs, extent.units(), gates),
                weight(extent.state(), extent.units(), gates),
                extent.bias() ? bias(extent.units(), gates) : null,
                extent.bias() ? bias(extent.units(), gates) : null,
                extent.projection() > 0 ? projection(extent.units(), extent.projection()) : null);
    }

    private static Param weight(int in, int units, int gates) {
        return new Param(in, gates * units, Initializer.kaimingUniform(units))
                .fans(Fans.ofColumns(in, gates * units))
                .savedTransposed();
    }

    private static Param bias(int units, int gates) {
        return new Param(1, gates * units, Initializer.kaimingUniform(units));
    }

    private static Param projection(int units, int features) {
        return new Param(units, features, Initializer.kaimingUniform(units))
                .fans(Fans.ofColumns(units, features))
                .savedTransposed();
    }

    /** Adds them by PyTorch's names. */
    void addTo(Map<String, Param> parameters) {
        parameters.put("weight_ih" + suffix, input);
        parameters.put("weight_hh" + suffix, hidden);
        if (inputBias != null) {
            parameters.put("bias_ih" + suffix, inputBias);
            parameters.put("bias_hh" + suffix, hiddenBias);
        }
        if (projection != null) {
            parameters.put("weight_hr" + suffix, projection);
        }
    }
}
