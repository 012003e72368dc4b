package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, in PyTorch's form).
 *
 * <p>With gradient g at step t, d = g + weightDecay p; m = beta1 m + (1 - beta1) d; v = beta2 v +
 * (1 - beta2) d^2; p = p - learningRate mHat / (sqrt(vHat) + eps), with mHat = m / (1 - beta1^t)
 * and vHat = v / (1 - beta2^t). With AMSGrad, v never shrinks (Reddi et al., 2018).
 */
public class Adam extends Optimizer {

    private float beta1 = 0.9f;
    private float beta2 = 0.999f;
    private float eps = 1e-8f;
    private boolean amsgrad;

    /** Makes Adam with the learning rate 0.001. */
    public Adam() {
        this(0.001f);
    }

    /**
     * Makes Adam with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Adam(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the moments, by default 0.9 and 0.999; each from 0 to below 1. */
    public Adam betas(float first, float second) {
        beta1 = requireShare("beta1", first);
        beta2 = requireShare("beta2", second);
        changed();
        return this;
    }

    /** Sets what is added to the denominator; by default 1e-8. */
    public Adam eps(float number) {
        eps = requireNotNegative("eps", number);
        changed();
        return this;
    }

    /** Sets the weight decay; here an L2 penalty that is added to the gradient, by default 0. */
    @Override
    public Adam weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    /** Keeps the second moment from shrinking. */
    public Adam amsgrad() {
        amsgrad = true;
        changed();
        return this;
    }

    /** Returns whether the weight decay shrinks the parameter and stays out of the gradient. */
    boolean decoupled() {
        return false;
    }

    /** Returns the factor of eps beside a root that is multiplied by a scale. */
    float ofEps(float scale) {
        return 1;
    }

    @Override
    protected final int states() {
        return amsgrad ? 3 : 2;
    }

    @Override
    protected final Update rule(int step, float learningRate, float weightDecay) {
        float penalty = decoupled() ? 0 : weightDecay;
        float shrinking = decoupled() ? (float) (1 - (double) learningRate * weightDecay) : 1;
        return rule(step, learningRate, penalty, shrinking);
    }

    private Update.Adam rule(int step, float learningRate, float penalty, float shrinking) {
        // of the very floats that the kernel uses: 0.999f is off by 1.3e-5 of 1 - 0.999
        double correction1 = 1 - StrictMath.pow(beta1, step);
        double correction2 = 1 - StrictMath.pow(beta2, step);
        float stepSize = (float) (learningRate / correction1);
        float scale = (float) (1 / Math.sqrt(correction2));
        return new Update.Adam(
                stepSize, beta1, beta2, scale, eps * ofEps(scale), penalty, shrinking, amsgrad);
    }

    @Override
    public final boolean cycleMomentum(float share) {
        betas(share, beta2);
        return true;
    }

    @Override
    public String toString() {
        return "%s(learning rate %s, betas %s and %s, eps %s, weight decay %s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        learningRate(),
                        beta1,
                        beta2,
                        eps,
                        weightDecay(),
                        amsgrad ? ", amsgrad" : "");
    }
}
