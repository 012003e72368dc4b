package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Muon (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024, in
 * PyTorch's form): momentum, made orthogonal, so that a step moves all directions of a weight
 * alike.
 *
 * <p>With gradient g, m = m + (1 - momentum) (g - m); d = g + momentum (m - g), or m without
 * Nesterov; o = {@link NewtonSchulz} of d; p = (1 - learningRate weightDecay) p - learningRate s o,
 * with s = sqrt(max(1, out / in)), or s = 0.2 sqrt(max(out, in)) after {@link #matchAdamW}.
 *
 * <p>That is for weights: see {@link Param#fans()}. Biases, scales and what {@link #adamW} names,
 * as a rule the embedding and the last layer, take steps of {@link AdamW} with the same rate and
 * decay.
 */
public final class Muon extends Optimizer {

    private static final float DEFAULT_DECAY = 0.1f;

    /** Makes the rules of those that are left to it. */
    private final AdamW adamW = new AdamW();

    private final Set<Param> byAdamW = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Param, NewtonSchulz> iterations = new IdentityHashMap<>();
    private float momentum = 0.95f;
    private boolean nesterov = true;
    private boolean matching;
    private int rounds = 5;

    /** Makes Muon with the learning rate 0.001. */
    public Muon() {
        this(1e-3f);
    }

    /**
     * Makes Muon with a learning rate; without {@link #matchAdamW} 0.02 is usual.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Muon(float learningRate) {
        super(learningRate);
        weightDecay(DEFAULT_DECAY);
    }

    /** Sets the share of the last momentum that is kept, from 0 to below 1; by default 0.95. */
    public Muon momentum(float share) {
        momentum = requireShare("momentum", share);
        return this;
    }

    /** Takes the momentum itself, without looking ahead. */
    public Muon withoutNesterov() {
        nesterov = false;
        return this;
    }

    /**
     * Sets the rounds of the iteration of Newton and Schulz; by default 5.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Muon nsSteps(int count) {
        rounds = Numbers.requirePositive("Muon", "nsSteps", count);
        return this;
    }

    /** Scales steps to the size of AdamW's, so that its rates serve (Liu et al., 2025). */
    public Muon matchAdamW() {
        matching = true;
        return this;
    }

    /** Leaves these parameters to AdamW, though they be weights; say so before the first step. */
    public Muon adamW(Collection<Param> parameters) {
        byAdamW.addAll(parameters);
        return this;
    }

    /** Sets the decoupled weight decay; by default 0.1. */
    @Override
    public Muon weightDecay(float decay) {
        super.weightDecay(decay);
        return this;
    }

    @Override
    void update(Kernels kernels, Param parameter, OptimizerState state, float rate, float decay) {
        if (parameter.fans() == null || byAdamW.contains(parameter)) {
            super.update(kernels, parameter, state, rate, decay);
            return;
        }
        Matrix value = parameter.value();
        state.resize(1, value, this);
        NewtonSchulz iteration = iterations.get(parameter);
        if (iteration == null) {
            iteration = iterationFor(value);
            iterations.put(parameter, iteration);
        }
        Matrix direction = iteration.matrix();
        move(kernels, state.states()[0], parameter.gradient(), direction);
        Matrix orthogonal = iteration.run(kernels, rounds);
        kernels.scale((float) (1 - (double) rate * decay), value);
        kernels.axpy((float) -(rate * sizeOf(parameter)), orthogonal, value);
    }

    /** Moves the momentum towards the gradient and writes the direction. */
    private void move(Kernels kernels, Matrix m, Matrix gradient, Matrix direction) {
        kernels.scale(momentum, m);
        kernels.axpy(1 - momentum, gradient, m);
        kernels.activate(Activation.IDENTITY, m, direction);
        if (nesterov) {
            kernels.scale(momentum, direction);
            kernels.axpy(1 - momentum, gradient, direction);
        }
    }

    /** Returns the buffers of another parameter of this shape, else new ones. */
    private NewtonSchulz iterationFor(Matrix value) {
        for (NewtonSchulz other : iterations.values()) {
            if (other.fits(value)) {
                return other;
            }
        }
        return new NewtonSchulz(value.rows(), value.cols());
    }

    private double sizeOf(Param parameter) {
        Matrix value = parameter.value();
        boolean byRows = parameter.fans().unitsInRows();
        double out = byRows ? value.rows() : value.cols();
        double in = byRows ? value.cols() : value.rows();
        return matching ? 0.2 * Math.sqrt(Math.max(in, out)) : Math.sqrt(Math.max(1, out / in));
    }

    /** Those of AdamW. */
    @Override
    protected int states() {
        return adamW.states();
    }

    /** The step of AdamW. */
    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        return adamW.rule(step, learningRate, weightDecay);
    }

    @Override
    public boolean cycleMomentum(float share) {
        momentum(share);
        return true;
    }

    @Override
    public String toString() {
        return "Muon(learning rate %s, momentum %s%s, %s Newton-Schulz steps%s, weight decay %s)"
                .formatted(
                        learningRate(),
                        momentum,
                        nesterov ? ", nesterov" : "",
                        rounds,
                        matching ? ", matching AdamW" : "",
                        weightDecay());
    }
}
