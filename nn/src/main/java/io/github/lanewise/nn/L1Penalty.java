package io.github.lanewise.nn;

import io.github.lanewise.engine.Engine;

import java.util.List;

/**
 * Adds {@code penalty} times the sum of the absolute weights to what is made small: g = g + penalty
 * sign(p). It drives weights to 0. Biases and scales are spared: see {@link Parameter#fans()}.
 *
 * <p>Put it before clipping, as part of the loss.
 *
 * @param penalty factor, 0 or more
 */
public record L1Penalty(float penalty) implements Adjustment {

    /** Checks the factor. */
    public L1Penalty {
        if (!(penalty >= 0) || Float.isInfinite(penalty)) {
            throw new IllegalArgumentException(
                    "L1Penalty: penalty is %s; it must be 0 or more".formatted(penalty));
        }
    }

    @Override
    public void beforeStep(List<Parameter> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            if (p.hasGradient() && p.fans() != null) {
                Engine.kernels().restraints().addSign(penalty, p.value(), p.gradient());
            }
        }
    }
}
