package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.loss.PartialLossPass;
import io.github.lanewise.nn.optim.Optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes one step of the optimizer for several batches, as if they had been one.
 *
 * <p>What counts in all of them together is known from their targets before the first is computed,
 * so each contributes its share of the loss of the whole and nothing need be rescaled. A loss that
 * cannot compute shares counts by rows: each mean gradient is weighed by the rows of its batch.
 */
final class Accumulation {

    private final Optimizer optimizer;
    private final List<Batch> batches = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private double[] counts = {};
    private int rows;
    private double whole;
    private final Optimizer.Closure again = this::computeAll;

    Accumulation(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Begins anew, without batches. */
    void clear() {
        batches.clear();
        steps.clear();
        rows = 0;
    }

    /** Adds a batch, loaded, and the step that computes it. */
    void add(Batch batch, Step step) {
        if (batches.isEmpty() && step.loss() instanceof PartialLossPass loss) {
            if (counts.length != loss.counters()) {
                counts = new double[loss.counters()];
            }
            Arrays.fill(counts, 0);
        }
        if (step.loss() instanceof PartialLossPass loss) {
            loss.count(batch.targets(), counts, 0);
        }
        batches.add(batch);
        steps.add(step);
        rows += batch.size();
    }

    int size() {
        return batches.size();
    }

    Batch batch(int i) {
        return batches.get(i);
    }

    Step step(int i) {
        return steps.get(i);
    }

    /**
     * Computes a batch, adds to the gradients, and returns its own loss.
     *
     * @param i which, from 0; each in its turn
     */
    float compute(int i) {
        Step step = steps.get(i);
        Batch batch = batches.get(i);
        if (i == 0) {
            clear(step.parameters());
            whole = 0;
        }
        step.lengths(batch.lengths(), 0);
        if (batches.size() == 1) {
            float loss = step.train(batch.inputs(), batch.targets());
            whole = loss;
            return loss;
        }
        if (step.loss() instanceof PartialLossPass loss) {
            whole += step.train(batch.inputs(), batch.targets(), counts);
            return (float) (loss.sum() / loss.weight());
        }
        return computeByRows(i, step, batch);
    }

    /** Takes the step of all batches, each of which has been computed. */
    void step(List<Param> parameters) {
        optimizer.step(parameters, (float) whole, again);
    }

    /** Computes all batches anew, and returns the loss of the whole. */
    private float computeAll() {
        for (int i = 0; i < batches.size(); i++) {
            compute(i);
        }
        return (float) whole;
    }

    /** The sum so far is in units of the last batch's rows; the last call makes it one of all. */
    private float computeByRows(int i, Step step, Batch batch) {
        if (i > 0 && batches.get(i - 1).size() != batch.size()) {
            scale(step.parameters(), (float) batches.get(i - 1).size() / batch.size());
        }
        float loss = step.train(batch.inputs(), batch.targets());
        whole += (double) loss * batch.size() / rows;
        if (i == batches.size() - 1) {
            scale(step.parameters(), (float) batch.size() / rows);
        }
        return loss;
    }

    private void clear(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (batches.size() == 1) {
                parameters.get(i).accumulator().clearForStep();
            } else {
                parameters.get(i).clearGradient();
            }
        }
    }

    private static void scale(List<Param> parameters, float factor) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                Engine.kernels().scale(factor, parameters.get(i).gradient());
            }
        }
    }
}
