package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.optim.Optimizer;

import java.util.List;

/**
 * Adds up the gradients of several batches before each step, as if they had been one.
 *
 * <p>Each batch gives the gradient of its mean loss. The sum weighs every batch like one of {@code
 * unit} rows; before a batch of another size comes in, the sum is scaled to that unit, and before
 * the step to all rows. So a smaller last batch counts for as many rows as it has, and batches of
 * equal size cost a single pass.
 */
final class Accumulation {

    private final Optimizer optimizer;
    private final int batches;
    private int pending;
    private int rows;
    private int unit;

    Accumulation(Optimizer optimizer, int batches) {
        this.optimizer = optimizer;
        this.batches = batches;
    }

    /** Prepares the gradients for a batch of so many rows. */
    void begin(List<Param> parameters, int batchRows) {
        if (pending == 0) {
            clear(parameters);
            rows = 0;
        } else if (unit != batchRows) {
            scale(parameters, (float) unit / batchRows);
        }
        unit = batchRows;
    }

    private void clear(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (batches == 1) {
                parameters.get(i).accumulator().clearForStep();
            } else {
                parameters.get(i).clearGradient();
            }
        }
    }

    /** Counts the batch in, and takes the step if it was the last of those that belong together. */
    void end(List<Param> parameters, boolean lastOfEpoch) {
        rows += unit;
        pending++;
        if (pending < batches && !lastOfEpoch) {
            return;
        }
        if (rows != unit) {
            scale(parameters, (float) unit / rows);
        }
        optimizer.step(parameters);
        pending = 0;
    }

    private static void scale(List<Param> parameters, float factor) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                Engine.kernels().scale(factor, parameters.get(i).gradient());
            }
        }
    }
}
