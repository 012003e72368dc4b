package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;

/**
 * Adam without steps by a variance that few gradients tell (Liu and others, "On the variance of the
 * adaptive learning rate and beyond", 2020, in PyTorch's form).
 *
 * <p>With m, v and mHat as in {@link Adam}, r = 2 / (1 - beta2) - 1, r(t) = r - 2 t beta2^t / (1 -
 * beta2^t): where r(t) is above 5, p = p - learningRate mHat s sqrt(1 - beta2^t) / (sqrt(v) + eps),
 * with s = sqrt((r(t) - 4) (r(t) - 2) r / ((r - 4) (r - 2) r(t))); before, p = p - learningRate
 * mHat.
 *
 * <p>A plain loop on the caller's thread: see the package's text.
 */
public final class RAdam extends AdamLoop {

    private static final double ENOUGH = 5;

    private boolean adaptive;
    private float stepSize;

    /** Makes RAdam with the learning rate 0.001. */
    public RAdam() {
        this(0.001f);
    }

    /**
     * Makes RAdam with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public RAdam(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the moments, by default 0.9 and 0.999; each from 0 to below 1. */
    public RAdam betas(float first, float second) {
        setBetas(first, second);
        return this;
    }

    /** Sets eps; by default 1e-8. */
    public RAdam eps(float number) {
        setEps(number);
        return this;
    }

    /** Sets the weight decay, an L2 penalty that is added to the gradient; by default 0. */
    @Override
    public RAdam weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    /** Lets the weight decay shrink the parameter and stay out of the gradient. */
    public RAdam decoupledWeightDecay() {
        setDecoupled();
        return this;
    }

    @Override
    protected void begin(int step, double rate, double decay) {
        double power = power(beta2(), step);
        double most = 2 / (1 - (double) beta2()) - 1;
        double length = most - 2 * step * power / (1 - power);
        adaptive = length > ENOUGH;
        double ofMean = rate / (1 - power(beta1(), step));
        double rectified =
                Math.sqrt(
                        (length - 4)
                                * (length - 2)
                                * most
                                / ((most - 4) * (most - 2) * length)
                                * (1 - power));
        stepSize = (float) (adaptive ? ofMean * rectified : ofMean);
        setDecay(rate, decay);
    }

    @Override
    protected void apply(int n, float[] p, float[] g, Matrix[] states) {
        float[] m = states[0].data();
        float[] v = states[1].data();
        for (int i = 0; i < n; i++) {
            float x = shrinking * p[i];
            float d = Math.fma(penalty, x, g[i]);
            m[i] = moved(m[i], d, 1 - beta1());
            v[i] = meanSquare(v[i], d, beta2());
            float root = adaptive ? (float) Math.sqrt(v[i]) + eps() : 1;
            p[i] = x - stepSize * m[i] / root;
        }
    }
}
