package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

/**
 * Averaged stochastic gradient descent (Polyak and Juditsky, 1992, in PyTorch's form).
 *
 * <p>With gradient g at step t, d = g + weightDecay p; e = learningRate / (1 + lambd learningRate
 * (t - 1))<sup>alpha</sup>; p = (1 - lambd e) p - e d. The average a of p, which {@link #average}
 * returns, is p up to step t0 + 2, then a = a + (p - a) / (t - 1 - t0). A plain loop on the
 * caller's thread.
 */
public final class ASGD extends LoopOptimizer {

    private float lambd = 1e-4f;
    private float alpha = 0.75f;
    private float t0 = 1e6f;
    private float stepSize;
    private float shrinking;
    private float penalty;
    private float share;

    /** Makes ASGD with the learning rate 0.01. */
    public ASGD() {
        this(0.01f);
    }

    /**
     * Makes ASGD with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public ASGD(float learningRate) {
        super(learningRate);
    }

    /** Sets by how much parameters shrink and steps get smaller; by default 1e-4. */
    public ASGD lambd(float number) {
        lambd = requireNotNegative("lambd", number);
        return this;
    }

    /** Sets the power by which steps get smaller; by default 0.75. */
    public ASGD alpha(float number) {
        alpha = requireNotNegative("alpha", number);
        return this;
    }

    /** Sets the step at which averaging begins; by default a million. */
    public ASGD t0(float number) {
        t0 = requireNotNegative("t0", number);
        return this;
    }

    /** Sets the weight decay, an L2 penalty that is added to the gradient; by default 0. */
    @Override
    public ASGD weightDecay(float decay) {
        super.weightDecay(decay);
        return this;
    }

    /** Returns the average of a parameter; null before its first step. Only to be read. */
    public Matrix average(Param parameter) {
        OptimizerState state = state(parameter);
        return state == null ? null : state.states()[0];
    }

    @Override
    protected int states() {
        return 1;
    }

    @Override
    protected void begin(int step, double rate, double decay) {
        double size = rate / power(1 + lambd * rate * (step - 1), alpha);
        stepSize = (float) size;
        shrinking = (float) (1 - lambd * size);
        penalty = (float) decay;
        share = (float) (1 / Math.max(1, step - 1 - (double) t0));
    }

    @Override
    protected void apply(int n, float[] p, float[] g, Matrix[] states) {
        float[] average = states[0].data();
        for (int i = 0; i < n; i++) {
            float d = Math.fma(penalty, p[i], g[i]);
            p[i] = Math.fma(-stepSize, d, shrinking * p[i]);
            average[i] = share == 1 ? p[i] : moved(average[i], p[i], share);
        }
    }

    @Override
    public String toString() {
        return "ASGD(learning rate %s, lambd %s, alpha %s, t0 %s, weight decay %s)"
                .formatted(learningRate(), lambd, alpha, t0, weightDecay());
    }
}
