package io.github.lanewise.nn;

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
    private float weightDecay;
    private Update.Sgd first;
    private Update.Sgd later;

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
        first = null;
        return this;
    }

    /** Sets the share of the gradient that does not enter the velocity; by default 0. */
    public SGD dampening(float share) {
        dampening = requireShare("dampening", share);
        first = null;
        return this;
    }

    /** Looks ahead along the velocity (Nesterov's momentum); needs a momentum and no dampening. */
    public SGD nesterov() {
        nesterov = true;
        first = null;
        return this;
    }

    /** Sets the L2 penalty that is added to the gradient; by default 0. */
    public SGD weightDecay(float penalty) {
        if (penalty != weightDecay) {
            weightDecay = requireNotNegative("weight decay", penalty);
            first = null;
        }
        return this;
    }

    @Override
    protected int states() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    protected Update rule(int step) {
        if (first == null || first.learningRate() != learningRate()) {
            first = rule(true);
            later = rule(false);
        }
        return step == 1 ? first : later;
    }

    private Update.Sgd rule(boolean isFirst) {
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalStateException(
                    ("SGD: nesterov with momentum %s and dampening %s;"
                                    + " it needs a momentum and no dampening")
                            .formatted(momentum, dampening));
        }
        return new Update.Sgd(learningRate(), momentum, dampening, nesterov, weightDecay, isFirst);
    }

    @Override
    public String toString() {
        return "SGD(learning rate %s, momentum %s, dampening %s%s, weight decay %s)"
                .formatted(
                        learningRate(),
                        momentum,
                        dampening,
                        nesterov ? ", nesterov" : "",
                        weightDecay);
    }
}
