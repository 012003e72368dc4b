package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Param;

import java.util.List;

/**
 * Adds {@code penalty} times the sum of the absolute weights to what is made small: g = g + penalty
 * sign(p). It drives weights to 0. Biases and scales are spared: see {@link Param#fans()}.
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
    public void beforeStep(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            Param p = parameters.get(i);
            if (p.hasGradient() && p.fans() != null) {
                Engine.kernels().restraints().addSign(penalty, p.value(), p.gradient());
            }
        }
    }
}
