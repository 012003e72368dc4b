package io.github.lanewise.nn.optim;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Parameters that an {@link Optimizer} treats in a way of their own: with another learning rate,
 * another weight decay, or by another optimizer's rule.
 *
 * <pre>{@code
 * optimizer.group(ParameterGroup.of(backbone).rateFactor(0.1f).weightDecay(0));
 * optimizer.group(ParameterGroup.of(embedding).optimizer(new SGD(0.1f)));
 * }</pre>
 */
public final class ParameterGroup {

    private final Set<Param> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private final RuleOfStep decayed = new RuleOfStep();
    private final RuleOfStep undecayed = new RuleOfStep();
    private final List<Param> inOrder = new ArrayList<>();
    private float rateFactor = 1;
    private Float learningRate;
    private Float weightDecay;
    private Optimizer optimizer;
    private List<Param> orderedAs;

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
     * Sets a learning rate in place of the optimizer's, from the next step on, so that schedules of
     * the optimizer do not move it; one of the group's own does: {@code schedule.perStep(optimizer,
     * group)}. Times the rate factor.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public ParameterGroup learningRate(float rate) {
        learningRate = require("learning rate", rate);
        return this;
    }

    /**
     * Lets another optimizer change the group's parameters, with its own rate, decay and groups, in
     * each step of the optimizer that has the group. What the latter does to all gradients, such as
     * clipping, it does to these, too; what the other does, it does to these alone.
     */
    public ParameterGroup optimizer(Optimizer other) {
        optimizer = Objects.requireNonNull(other, "other");
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

    /** Returns whether it has members, but none of these. */
    boolean isApartFrom(Collection<Param> parameters) {
        return !members.isEmpty() && Collections.disjoint(members, parameters);
    }

    /** Returns the rate: the group's own, else the optimizer's, times the factor. */
    float rate(float ofOptimizer) {
        return (learningRate != null ? learningRate : ofOptimizer) * rateFactor;
    }

    /** Returns the optimizer of its own; null if it has none. */
    Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Returns the members among a model's parameters, in order; they are kept for the next call.
     */
    List<Param> among(List<Param> parameters, OptimizerStates owner) {
        if (parameters != orderedAs) {
            inOrder.clear();
            for (int i = 0; i < parameters.size(); i++) {
                if (owner.groupOf(parameters.get(i)) == this) {
                    inOrder.add(parameters.get(i));
                }
            }
            orderedAs = parameters;
        }
        return inOrder;
    }

    /** Forgets which parameters are members, as a later group may have taken some. */
    void changed() {
        orderedAs = null;
    }

    void save(StateWriter out, Map<String, Param> parameters) {
        out.put("rateFactor", rateFactor);
        if (learningRate != null) {
            out.put("learningRate", learningRate);
        }
        if (optimizer != null) {
            optimizer.save(out.in("optimizer"), parameters);
        }
    }

    /** Reads what {@link #save} wrote; of files before there was such a thing, nothing. */
    void load(StateReader in, Map<String, Param> parameters) throws IOException {
        if (in.hasValue("rateFactor")) {
            rateFactor(in.get("rateFactor").asFloat());
        }
        if (in.hasValue("learningRate")) {
            learningRate(in.get("learningRate").asFloat());
        }
        if (optimizer != null) {
            optimizer.load(in.in("optimizer"), parameters);
        }
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
