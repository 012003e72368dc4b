package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * RMSprop (Tieleman and Hinton, "Lecture 6.5 - rmsprop", Coursera, 2012, in PyTorch's form).
 *
 * <p>With gradient g, d = g + weightDecay p; v = alpha v + (1 - alpha) d^2; s = v, or v - a^2 if
 * centered (Graves, 2013), with a = alpha a + (1 - alpha) d; d = d / (sqrt(s) + eps); with momentum
 * b = momentum b + d and d = b; p = p - learningRate d.
 */
public final class RMSprop extends Optimizer {

    private float alpha = 0.99f;
    private float eps = 1e-8f;
    private float momentum;
    private boolean centered;

    /** Makes RMSprop with the learning rate 0.01. */
    public RMSprop() {
        this(0.01f);
    }

    /**
     * Makes RMSprop with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public RMSprop(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the mean square, from 0 to below 1; by default 0.99. */
    public RMSprop alpha(float share) {
        alpha = requireShare("alpha", share);
        changed();
        return this;
    }

    /** Sets what is added to the denominator; by default 1e-8. */
    public RMSprop eps(float number) {
        eps = requireNotNegative("eps", number);
        changed();
        return this;
    }

    /**
     * Sets the share of the last step that is kept, from 0 (none, the default) to below 1; choose
     * before the first step whether there is one.
     */
    public RMSprop momentum(float share) {
        momentum = requireShare("momentum", share);
        changed();
        return this;
    }

    /**
     * Divides by the standard deviation in place of the root mean square; choose before the first
     * step.
     */
    public RMSprop centered() {
        centered = true;
        changed();
        return this;
    }

    /** Sets the L2 penalty that is added to the gradient; by default 0. */
    @Override
    public RMSprop weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    @Override
    protected int states() {
        return 1 + (centered ? 1 : 0) + (momentum == 0 ? 0 : 1);
    }

    /** All steps are alike. */
    @Override
    protected int phase(int step) {
        return 0;
    }

    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        return new Update.RmsProp(learningRate, alpha, eps, momentum, centered, weightDecay);
    }

    @Override
    public boolean cycleMomentum(float share) {
        momentum(share);
        return true;
    }

    @Override
    public String toString() {
        return "RMSprop(learning rate %s, alpha %s, eps %s, momentum %s%s, weight decay %s)"
                .formatted(
                        learningRate(),
                        alpha,
                        eps,
                        momentum,
                        centered ? ", centered" : "",
                        weightDecay());
    }
}
