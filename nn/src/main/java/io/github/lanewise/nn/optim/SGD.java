package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * Stochastic gradient descent, optionally with momentum (Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", 2013, in PyTorch's form).
 *
 * <p>With gradient g, d = g + weightDecay p; v = momentum v + (1 - dampening) d, on the first step
 * v = d; d = v, or d + momentum v for Nesterov; p = p - learningRate d.
 */
public final class SGD extends Optimizer {

    private float momentum;
    private float dampening;
    private boolean nesterov;

    /**
     * Makes plain gradient descent.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public SGD(float learningRate) {
        super(learningRate);
    }

    /** Sets the share of the last velocity that is kept, from 0 (none, the default) to below 1. */
    public SGD momentum(float share) {
        momentum = requireShare("momentum", share);
        changed();
        return this;
    }

    /** Sets the share of the gradient that does not enter the velocity, to 1; by default 0. */
    public SGD dampening(float share) {
        dampening = share == 1 ? 1 : requireShare("dampening", share);
        changed();
        return this;
    }

    /** Looks ahead along the velocity (Nesterov's momentum); needs a momentum and no dampening. */
    public SGD nesterov() {
        nesterov = true;
        changed();
        return this;
    }

    /** Sets the L2 penalty that is added to the gradient; by default 0. */
    @Override
    public SGD weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    @Override
    protected int states() {
        return momentum == 0 ? 0 : 1;
    }

    /** Only the first step differs: there the velocity starts. */
    @Override
    protected int phase(int step) {
        return Math.min(step, 2);
    }

    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalStateException(
                    ("SGD: nesterov with momentum %s and dampening %s;"
                                    + " it needs a momentum and no dampening")
                            .formatted(momentum, dampening));
        }
        return new Update.Sgd(learningRate, momentum, dampening, nesterov, weightDecay, step == 1);
    }

    @Override
    UnusedRows unusedRows(float weightDecay) {
        return momentum == 0 && weightDecay == 0 ? UnusedRows.STAY : UnusedRows.CHANGED;
    }

    @Override
    public boolean cycleMomentum(float share) {
        momentum(share);
        return true;
    }

    @Override
    public String toString() {
        return "SGD(learning rate %s, momentum %s, dampening %s%s, weight decay %s)"
                .formatted(
                        learningRate(),
                        momentum,
                        dampening,
                        nesterov ? ", nesterov" : "",
                        weightDecay());
    }
}
