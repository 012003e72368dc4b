package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.nn.Param;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the Euclidean norm of the weights into each unit within a limit: after each step, weights w
 * of a unit become w limit / |w| where |w| is above it (Srivastava et al., "Dropout", 2014). Biases
 * and scales are left alone: see {@link Param#fans()}.
 */
public final class MaxNorm implements Adjustment {

    private final float limit;
    private final Map<Param, Matrix> norms = new IdentityHashMap<>();

    /**
     * Makes one of this limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public MaxNorm(float limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException(
                    "MaxNorm: limit is %s; it must be above 0".formatted(limit));
        }
        this.limit = limit;
    }

    @Override
    public boolean leavesZeros() {
        return true;
    }

    @Override
    public void afterStep(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).fans() != null && parameters.get(i).isTrainable()) {
                constrain(parameters.get(i));
            }
        }
    }

    private void constrain(Param parameter) {
        Matrix value = parameter.value();
        boolean byRows = parameter.fans().unitsInRows();
        Matrix ofUnits = norms.get(parameter);
        if (ofUnits == null) {
            ofUnits = Matrix.zeros(1, byRows ? value.rows() : value.cols());
            norms.put(parameter, ofUnits);
        }
        Restraints restraints = Engine.kernels().restraints();
        if (byRows) {
            restraints.limitRowNorms(limit, value, ofUnits);
        } else {
            restraints.limitColumnNorms(limit, value, ofUnits);
        }
    }

    @Override
    public String toString() {
        return "MaxNorm(%s)".formatted(limit);
    }
}
