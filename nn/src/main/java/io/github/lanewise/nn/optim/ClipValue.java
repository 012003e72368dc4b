package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Param;

import java.util.List;

/**
 * Moves each element of each gradient into [-limit, limit] (PyTorch's {@code clip_grad_value_}).
 *
 * @param limit the largest absolute value, 0 or more
 */
public record ClipValue(float limit) implements Adjustment {

    /** Checks the limit. */
    public ClipValue {
        if (!(limit >= 0)) {
            throw new IllegalArgumentException(
                    "ClipValue: limit is %s; it must be 0 or more".formatted(limit));
        }
    }

    @Override
    public boolean leavesZeros() {
        return true;
    }

    @Override
    public void beforeStep(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                Engine.kernels().restraints().clamp(-limit, limit, parameters.get(i).gradient());
            }
        }
    }
}
