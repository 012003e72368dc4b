package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * Lion (Chen et al., "Symbolic discovery of optimization algorithms", 2023).
 *
 * <p>With gradient g, p = (1 - learningRate weightDecay) p - learningRate sign(beta1 m + (1 -
 * beta1) g); then m = beta2 m + (1 - beta2) g. Every element moves by the same distance, so rates
 * are 3 to 10 times smaller than Adam's and the weight decay as much larger.
 */
public final class Lion extends Optimizer {

    private float beta1 = 0.9f;
    private float beta2 = 0.99f;

    /** Makes Lion with the learning rate 0.0001. */
    public Lion() {
        this(1e-4f);
    }

    /**
     * Makes Lion with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Lion(float learningRate) {
        super(learningRate);
    }

    /**
     * Sets the share of the momentum in a step and its decay, by default 0.9 and 0.99; each from 0
     * to below 1.
     */
    public Lion betas(float first, float second) {
        beta1 = requireShare("beta1", first);
        beta2 = requireShare("beta2", second);
        changed();
        return this;
    }

    /** Sets the decoupled weight decay; by default 0. */
    @Override
    public Lion weightDecay(float decay) {
        super.weightDecay(decay);
        return this;
    }

    @Override
    protected int states() {
        return 1;
    }

    /** All steps are alike. */
    @Override
    protected int phase(int step) {
        return 0;
    }

    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        float decay = (float) (1 - (double) learningRate * weightDecay);
        return new Update.Lion(learningRate, beta1, beta2, decay);
    }

    @Override
    public boolean cycleMomentum(float share) {
        betas(share, beta2);
        return true;
    }

    @Override
    public String toString() {
        return "Lion(learning rate %s, betas %s and %s, weight decay %s)"
                .formatted(learningRate(), beta1, beta2, weightDecay());
    }
}
