package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;

/**
 * Adam by the largest gradient in place of the mean square (Kingma and Ba, 2015, in PyTorch's
 * form).
 *
 * <p>With gradient g at step t, d = g + weightDecay p; m = beta1 m + (1 - beta1) d; u = max(beta2
 * u, |d| + eps); p = p - learningRate / (1 - beta1^t) m / u.
 *
 * <p>A plain loop on the caller's thread: see the package's text.
 */
public final class Adamax extends AdamLoop {

    private float stepSize;
    private float penalty;

    /** Makes Adamax with the learning rate 0.002. */
    public Adamax() {
        this(0.002f);
    }

    /**
     * Makes Adamax with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Adamax(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the moments, by default 0.9 and 0.999; each from 0 to below 1. */
    public Adamax betas(float first, float second) {
        setBetas(first, second);
        return this;
    }

    /** Sets eps; by default 1e-8. */
    public Adamax eps(float number) {
        setEps(number);
        return this;
    }

    /** Sets the weight decay, an L2 penalty that is added to the gradient; by default 0. */
    @Override
    public Adamax weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    @Override
    protected void begin(int step, double rate, double decay) {
        stepSize = (float) (rate / (1 - power(beta1(), step)));
        penalty = (float) decay;
    }

    @Override
    protected void apply(int n, float[] p, float[] g, Matrix[] states) {
        float[] m = states[0].data();
        float[] u = states[1].data();
        for (int i = 0; i < n; i++) {
            float d = Math.fma(penalty, p[i], g[i]);
            m[i] = moved(m[i], d, 1 - beta1());
            u[i] = Math.max(beta2() * u[i], Math.abs(d) + eps());
            p[i] -= stepSize * m[i] / u[i];
        }
    }
}
