package io.github.lanewise.nn.optim;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Parameters that an {@link Optimizer} treats in a way of their own: with another learning rate,
 * another weight decay, or both.
 *
 * <pre>{@code
 * optimizer.group(ParameterGroup.of(backbone).rateFactor(0.1f).weightDecay(0));
 * }</pre>
 */
public final class ParameterGroup {

    private final Set<Param> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private final RuleOfStep decayed = new RuleOfStep();
    private final RuleOfStep undecayed = new RuleOfStep();
    private float rateFactor = 1;
    private Float weightDecay;

    private ParameterGroup(Collection<Param> parameters) {
        members.addAll(parameters);
    }

    /** Makes a group of these parameters, which as yet are treated like all others. */
    public static ParameterGroup of(Collection<Param> parameters) {
        return new ParameterGroup(parameters);
    }

    /** Makes a group of all parameters of a layer. */
    public static ParameterGroup of(Layer layer) {
        return new ParameterGroup(layer.parameters().values());
    }

    /**
     * Sets by what the optimizer's learning rate is multiplied, by default 1: so schedules move all
     * groups together. A factor of 0 keeps the parameters as they are.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public ParameterGroup rateFactor(float factor) {
        rateFactor = require("rate factor", factor);
        return this;
    }

    /**
     * Sets the weight decay in place of the optimizer's.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public ParameterGroup weightDecay(float decay) {
        weightDecay = require("weight decay", decay);
        return this;
    }

    private static float require(String name, float number) {
        if (!(number >= 0) || Float.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "ParameterGroup: %s is %s; it must be 0 or more".formatted(name, number));
        }
        return number;
    }

    boolean contains(Param parameter) {
        return members.contains(parameter);
    }

    float rateFactor() {
        return rateFactor;
    }

    /** Returns the decay: the group's own, else the optimizer's unless the parameter has none. */
    float decay(float ofOptimizer, boolean spared) {
        return weightDecay != null ? weightDecay : spared ? 0 : ofOptimizer;
    }

    /** Returns what remembers the rule for parameters that are decayed alike. */
    RuleOfStep rule(boolean spared) {
        return spared ? undecayed : decayed;
    }
}
