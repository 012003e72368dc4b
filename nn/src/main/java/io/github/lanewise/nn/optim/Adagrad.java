package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/**
 * Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and
 * stochastic optimization", 2011, in PyTorch's form).
 *
 * <p>With gradient g at step t, d = g + weightDecay p; v = v + d^2; p = p - learningRate / (1 + (t
 * - 1) lrDecay) d / (sqrt(v) + eps).
 */
public final class Adagrad extends Optimizer {

    private float lrDecay;
    private float initialAccumulatorValue;
    private float eps = 1e-10f;

    /** Makes Adagrad with the learning rate 0.01. */
    public Adagrad() {
        this(0.01f);
    }

    /**
     * Makes Adagrad with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Adagrad(float learningRate) {
        super(learningRate);
    }

    /** Sets how the learning rate shrinks from step to step (PyTorch's lr_decay); by default 0. */
    public Adagrad lrDecay(float decay) {
        lrDecay = requireNotNegative("rate decay", decay);
        changed();
        return this;
    }

    /** Sets what v starts from; by default 0. */
    public Adagrad initialAccumulatorValue(float number) {
        initialAccumulatorValue = requireNotNegative("initial accumulator", number);
        return this;
    }

    /** Sets what is added to the denominator; by default 1e-10. */
    public Adagrad eps(float number) {
        eps = requireNotNegative("eps", number);
        changed();
        return this;
    }

    /** Sets the L2 penalty that is added to the gradient; by default 0. */
    @Override
    public Adagrad weightDecay(float penalty) {
        super.weightDecay(penalty);
        return this;
    }

    @Override
    protected int states() {
        return 1;
    }

    @Override
    protected float initialState(int state) {
        return initialAccumulatorValue;
    }

    /** Only a shrinking rate makes steps differ. */
    @Override
    protected int phase(int step) {
        return lrDecay == 0 ? 0 : step;
    }

    @Override
    protected Update rule(int step, float learningRate, float weightDecay) {
        double rate = learningRate / (1 + (step - 1) * (double) lrDecay);
        return new Update.Adagrad((float) rate, eps, weightDecay);
    }

    @Override
    UnusedRows unusedRows(float weightDecay) {
        return weightDecay == 0 && eps > 0 ? UnusedRows.STAY : UnusedRows.CHANGED;
    }

    @Override
    public String toString() {
        return "Adagrad(learning rate %s, rate decay %s, initial accumulator %s, eps %s, weight decay %s)"
                .formatted(learningRate(), lrDecay, initialAccumulatorValue, eps, weightDecay());
    }
}
