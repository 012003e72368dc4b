package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * Adadelta (Zeiler, "ADADELTA: an adaptive learning rate method", 2012, in PyTorch's form).
 *
 * <p>With gradient g, d = g + weightDecay p; v = rho v + (1 - rho) d^2; e = sqrt(u + eps) / sqrt(v
 * + eps) d; u = rho u + (1 - rho) e^2; p = p - learningRate e.
 */
public final class Adadelta extends Optimizer {

    private float rho = 0.9f;
    private float eps = 1e-6f;

    /** Makes Adadelta with the learning rate 1. */
    public Adadelta() {
        this(1);
    }

    /**
     * Makes Adadelta with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Adadelta(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the mean squares, from 0 to below 1; by default 0.9. */
    public Adadelta rho(float share) {
        rho = requireShare("rho", share);
        changed();
        return this;
    }

    /** Sets what is added under the roots; by default 1e-6. */
    public Adadelta eps(float number) {
        eps = requireNotNegative("eps", number);
        changed();
        return this;
    }

    /** Sets the L2 penalty that is added to the gradient; by default 0. */
    @Override
    public Adadelta weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    @Override
    protected int states() {
        return 2;
    }

    /** All steps are alike. */
    @Override
    protected int phase(int step) {
        return 0;
    }

    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        return new Update.Adadelta(learningRate, rho, eps, weightDecay);
    }

    @Override
    public String toString() {
        return "Adadelta(learning rate %s, rho %s, eps %s, weight decay %s)"
                .formatted(learningRate(), rho, eps, weightDecay());
    }
}
