package io.github.lanewise.nn;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes parameters along their gradients, one fused pass over each parameter and what the
 * optimizer remembers of it.
 *
 * <p>A subclass is the rule for one parameter. Learning rate and the other numbers may change
 * between steps. An optimizer remembers the parameters that it has seen, so use one for each model.
 */
public abstract class Optimizer {

    private final Kernels kernels = Engine.kernels();
    private final Map<Parameter, Memory> memories = new IdentityHashMap<>();
    private float learningRate;

    /**
     * Starts with this learning rate.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    protected Optimizer(float learningRate) {
        learningRate(learningRate);
    }

    /** Returns the step size. */
    public final float learningRate() {
        return learningRate;
    }

    /**
     * Sets the step size, from the next step on.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public final void learningRate(float rate) {
        learningRate = requireNotNegative("learning rate", rate);
    }

    /** Changes each parameter that has a gradient. */
    public final void step(List<Parameter> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.hasGradient()) {
                step(parameter);
            }
        }
    }

    private void step(Parameter parameter) {
        Memory memory = memories.get(parameter);
        if (memory == null) {
            memory = new Memory();
            memories.put(parameter, memory);
        }
        memory.resize(states(), parameter.value());
        memory.steps++;
        kernels.update(rule(memory.steps), parameter.value(), parameter.gradient(), memory.states);
    }

    /** Returns how many arrays of a parameter's shape the rule remembers. */
    protected abstract int states();

    /**
     * Returns the rule of a step; may return the same object until a number changes.
     *
     * @param step which step of this parameter with its present memory, from 1
     */
    protected abstract Update rule(int step);

    /** Checks a number of the rule and returns it; the message names the optimizer. */
    protected final float requireNotNegative(String name, float number) {
        return require(name, number, number >= 0, "0 or more");
    }

    /** Checks a share, such as a momentum, and returns it; the message names the optimizer. */
    protected final float requireShare(String name, float number) {
        return require(name, number, number >= 0 && number < 1, "from 0 to below 1");
    }

    private float require(String name, float number, boolean valid, String range) {
        if (!valid || !Float.isFinite(number)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; it must be %s"
                            .formatted(getClass().getSimpleName(), name, number, range));
        }
        return number;
    }

    /** What is remembered of one parameter. */
    private static final class Memory {

        private Matrix[] states = {};
        private int steps;

        /**
         * Adds zeros or drops the last ones; where there were none, the count of steps restarts.
         */
        void resize(int count, Matrix like) {
            if (states.length == count) {
                return;
            }
            if (states.length == 0) {
                steps = 0;
            }
            int old = states.length;
            states = Arrays.copyOf(states, count);
            for (int i = old; i < count; i++) {
                states[i] = Matrix.zeros(like.rows(), like.cols());
            }
        }
    }
}
