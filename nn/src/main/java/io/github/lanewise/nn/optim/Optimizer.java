package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.WeightProduct;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes parameters along their gradients, one fused pass over each parameter and what the
 * optimizer remembers of it.
 *
 * <p>A subclass is the rule for one parameter. Learning rate and the other numbers may change
 * between steps. Parameters may have a rate, decay or rule of their own ({@link #group}), and
 * gradients may be clipped or weights constrained with every step ({@link #with}). An optimizer
 * remembers the parameters that it has seen, so use one for each model.
 */
public abstract class Optimizer {

    private final Kernels kernels = Engine.kernels();
    private final OptimizerStates parameterStates = new OptimizerStates();
    private final List<Adjustment> adjustments = new ArrayList<>();
    private float learningRate;
    private float weightDecay;
    private boolean decaysWeightsOnly;
    private long steps;
    private int version;

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

    /** Returns the weight decay. */
    public final float weightDecay() {
        return weightDecay;
    }

    /**
     * Sets the weight decay, from the next step on; what it does is the optimizer's to say.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public Optimizer weightDecay(float decay) {
        weightDecay = requireNotNegative("weight decay", decay);
        return this;
    }

    /**
     * Leaves the weight decay out where a parameter has no fans ({@link Param#fans()}): biases and
     * the scales of normalizations. A group may say otherwise.
     */
    public final Optimizer noDecayOnBiasesAndNorms() {
        decaysWeightsOnly = true;
        return this;
    }

    /** Treats some parameters in a way of their own; the last group that holds one counts. */
    public final Optimizer group(ParameterGroup group) {
        if (Objects.requireNonNull(group, "group").optimizer() == this) {
            throw new IllegalArgumentException(
                    "group: its optimizer is the one that it is given to; give it another");
        }
        parameterStates.add(group);
        return this;
    }

    /**
     * Checks that each group has a parameter of the model that is to be trained: a group of another
     * model, or of the same that was loaded again, would do nothing. Empty groups may be.
     *
     * @throws IllegalArgumentException if one has not
     */
    public final void requireGroupsOf(Collection<Param> parameters) {
        parameterStates.requireGroupsOf(parameters, getClass().getSimpleName());
    }

    /** Adds what is done before or after each step from now on, in this order. */
    public final Optimizer with(Adjustment... more) {
        adjustments.addAll(List.of(more));
        return this;
    }

    /** Returns how many steps there have been. */
    public final long steps() {
        return steps;
    }

    /** Computes the loss of a step and its gradients anew, at the parameters' present values. */
    @FunctionalInterface
    public interface Closure {

        /** Sets the gradients, and returns the loss. */
        float evaluate();
    }

    /** Returns whether a step looks at several points, and so wants a {@link Closure}. */
    public boolean needsClosure() {
        return false;
    }

    /**
     * Takes a step, at several points if the optimizer looks at such; most do not, and take {@link
     * #step(List)}.
     *
     * @param loss at the parameters' values, with their gradients
     * @param again computes both elsewhere
     */
    public void step(List<Param> parameters, float loss, Closure again) {
        step(parameters);
    }

    /** Changes each parameter that has a gradient. */
    public final void step(List<Param> parameters) {
        if (needsClosure()) {
            throw new IllegalStateException(
                    "%s: a step needs the loss at several points; call step(parameters, loss, closure)"
                            .formatted(getClass().getSimpleName()));
        }
        beforeStep(parameters);
        for (int i = 0; i < parameters.size(); i++) {
            Param parameter = parameters.get(i);
            if (parameter.hasGradient()) {
                step(parameter);
            }
        }
        parameterStates.stepGroups(parameters);
        afterStep(parameters);
    }

    /** Lets adjustments change gradients. */
    final void beforeStep(List<Param> parameters) {
        for (int i = 0; i < adjustments.size(); i++) {
            adjustments.get(i).beforeStep(parameters);
            if (!adjustments.get(i).leavesZeros()) {
                anyRowMayBeUsed(parameters);
            }
        }
    }

    /** Counts the step, and lets adjustments change values. */
    final void afterStep(List<Param> parameters) {
        steps++;
        for (int i = 0; i < adjustments.size(); i++) {
            adjustments.get(i).afterStep(parameters);
        }
    }

    private static void anyRowMayBeUsed(List<Param> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).accumulator().anyRowMayBeUsed();
        }
    }

    /** Returns what is remembered of a parameter so far, or null. */
    final OptimizerState state(Param parameter) {
        return parameterStates.soFar(parameter);
    }

    private void step(Param parameter) {
        OptimizerState state = parameterStates.of(parameter);
        if (state == null) {
            return;
        }
        ParameterGroup group = state.group();
        boolean spared = decaysWeightsOnly && parameter.fans() == null;
        float rate = group.rate(learningRate);
        update(kernels, parameter, state, rate, group.decay(weightDecay, spared));
    }

    /** Changes one parameter; here by the rule, in one pass, its gradient's product included. */
    void update(Kernels kernels, Param parameter, OptimizerState state, float rate, float decay) {
        state.resize(states(), parameter.value(), this);
        RuleOfStep last = state.group().rule(decay == 0);
        Update rule = last.get(this, state.nextStep(), rate, decay);
        WeightProduct product = parameter.accumulator().takeDeferred();
        Matrix gradient = parameter.gradient();
        if (passesOverRows(parameter, decay)) {
            state.usedRowsUpdate().apply(kernels, rule, parameter, state.states());
        } else if (product != null) {
            product.computeAndUpdate(rule, parameter.value(), gradient, state.states());
        } else {
            kernels.update(rule, parameter.value(), gradient, state.states());
        }
    }

    /** Returns whether a step may go over the used rows of a parameter alone, and is worth it. */
    private boolean passesOverRows(Param parameter, float decay) {
        int used = parameter.accumulator().usedRows();
        return used >= 0
                && switch (unusedRows(decay)) {
                    case CHANGED -> false;
                    case STAY -> 2L * used < parameter.value().rows();
                    case BY_DEFINITION -> true;
                };
    }

    /** Returns what the rule does to rows whose gradient is 0. */
    UnusedRows unusedRows(float weightDecay) {
        return UnusedRows.CHANGED;
    }

    /**
     * Writes what the optimizer remembers into a checkpoint: rate, count of steps, and the arrays
     * of each parameter.
     *
     * @param parameters of the model, by path
     */
    public final void save(StateWriter out, Map<String, Param> parameters) {
        out.put("rule", getClass().getSimpleName());
        out.put("learningRate", learningRate);
        out.put("weightDecay", weightDecay);
        out.put("steps", steps);
        parameterStates.save(out, parameters);
        saveRule(out.in("of-all"));
        for (int i = 0; i < adjustments.size(); i++) {
            adjustments.get(i).save(out.in("adjustment" + i));
        }
    }

    /**
     * Reads what {@link #save} wrote, for the same optimizer and the same model.
     *
     * @throws io.github.lanewise.nn.file.FormatException if it is another optimizer's, or something
     *     does not fit
     */
    public final void load(StateReader in, Map<String, Param> parameters) throws IOException {
        String rule = in.get("rule").asString();
        if (!rule.equals(getClass().getSimpleName())) {
            throw in.get("rule").expected(getClass().getSimpleName());
        }
        learningRate(in.get("learningRate").asFloat());
        weightDecay(in.get("weightDecay").asFloat());
        steps = in.get("steps").asLong();
        parameterStates.load(in, parameters);
        loadRule(in.in("of-all"));
        for (int i = 0; i < adjustments.size(); i++) {
            adjustments.get(i).load(in.in("adjustment" + i));
        }
    }

    /** Writes what is remembered of no single parameter; by default there is nothing. */
    void saveRule(StateWriter out) {}

    /** Reads what {@link #saveRule} wrote. */
    void loadRule(StateReader in) throws IOException {}

    /** Returns how many arrays of a parameter's shape the rule remembers. */
    protected abstract int states();

    /** Returns the number that an array of the rule starts from: 0, unless a subclass says more. */
    protected float initialState(int state) {
        return 0;
    }

    /**
     * Returns the rule of a step.
     *
     * @param step which step of this parameter with its present state, from 1
     * @param learningRate step size for this parameter
     * @param weightDecay decay for this parameter
     */
    protected abstract Update rule(int step, float learningRate, float weightDecay);

    /**
     * Returns a number that is equal for steps of equal rules, so that the rule is not asked for at
     * each: the step itself, unless a subclass says otherwise.
     */
    protected int phase(int step) {
        return step;
    }

    /** Says that the rule has changed; a subclass calls it when one of its own numbers is set. */
    protected final void changed() {
        version++;
    }

    final int version() {
        return version;
    }

    /**
     * Sets the momentum, or what stands for it.
     *
     * @return whether the optimizer has one
     */
    public boolean cycleMomentum(float share) {
        return false;
    }

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
}
