package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;

/**
 * Adam with Nesterov's momentum (Dozat, "Incorporating Nesterov momentum into Adam", 2016, in
 * PyTorch's form).
 *
 * <p>With gradient g at step t, d = g + weightDecay p; mu(t) = beta1 (1 - 0.96<sup>t
 * momentumDecay</sup> / 2), M the product of mu(1) to mu(t); m = beta1 m + (1 - beta1) d; v = beta2
 * v + (1 - beta2) d^2; p = p - learningRate ((1 - mu(t)) / (1 - M) d + mu(t + 1) / (1 - M mu(t +
 * 1)) m) / (sqrt(v / (1 - beta2^t)) + eps).
 *
 * <p>A plain loop on the caller's thread: see the package's text.
 */
public final class NAdam extends AdamLoop {

    private float momentumDecay = 0.004f;
    private int lastStep;
    private float lastBeta;
    private double product;
    private float ofGradient;
    private float ofMoment;
    private float scale;

    /** Makes NAdam with the learning rate 0.002. */
    public NAdam() {
        this(0.002f);
    }

    /**
     * Makes NAdam with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public NAdam(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the moments, by default 0.9 and 0.999; each from 0 to below 1. */
    public NAdam betas(float first, float second) {
        setBetas(first, second);
        return this;
    }

    /** Sets eps; by default 1e-8. */
    public NAdam eps(float number) {
        setEps(number);
        return this;
    }

    /** Sets the weight decay, an L2 penalty that is added to the gradient; by default 0. */
    @Override
    public NAdam weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    /** Lets the weight decay shrink the parameter and stay out of the gradient. */
    public NAdam decoupledWeightDecay() {
        setDecoupled();
        return this;
    }

    /** Sets how soon the momentum grows to beta1; by default 0.004. */
    public NAdam momentumDecay(float number) {
        momentumDecay = requireNotNegative("momentum decay", number);
        lastStep = 0;
        return this;
    }

    @Override
    String more() {
        return ", momentum decay " + momentumDecay;
    }

    private double mu(int step) {
        return beta1() * (1 - 0.5 * power(0.96, step * (double) momentumDecay));
    }

    /** Returns the product of mu(1) to mu(step), mostly from that of the step before. */
    private double product(int step) {
        if (step < lastStep || lastBeta != beta1()) {
            lastStep = 0;
            product = 1;
            lastBeta = beta1();
        }
        while (lastStep < step) {
            product = lastStep == 0 ? mu(1) : product * mu(lastStep + 1);
            lastStep++;
        }
        return product;
    }

    @Override
    protected void begin(int step, double rate, double decay) {
        double whole = product(step);
        double next = mu(step + 1);
        ofGradient = (float) (rate * (1 - mu(step)) / (1 - whole));
        ofMoment = (float) (rate * next / (1 - whole * next));
        scale = (float) (1 / Math.sqrt(1 - power(beta2(), step)));
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
            float root = Math.fma((float) Math.sqrt(v[i]), scale, eps());
            p[i] = x - Math.fma(ofGradient, d, ofMoment * m[i]) / root;
        }
    }
}
