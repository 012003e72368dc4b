package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Resilient backpropagation (Riedmiller and Braun, 1993, in PyTorch's form): each element has a
 * step of its own, and only the signs of gradients count. For whole datasets at a time, not for
 * batches.
 *
 * <p>Where the sign of the gradient is that of the step before, the step grows by etaPlus, where it
 * has turned it shrinks by etaMinus and the element stays this time; steps begin with the learning
 * rate and are kept within limits. It knows no weight decay. A plain loop on the caller's thread.
 */
public final class Rprop extends LoopOptimizer {

    private float etaMinus = 0.5f;
    private float etaPlus = 1.2f;
    private float least = 1e-6f;
    private float most = 50;
    private boolean first;
    private float start;

    /** Makes Rprop with the learning rate 0.01. */
    public Rprop() {
        this(0.01f);
    }

    /**
     * Makes Rprop with a learning rate, the first step of each element.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public Rprop(float learningRate) {
        super(learningRate);
    }

    /**
     * Sets the factors by which steps shrink, below 1, and grow, above 1; by default 0.5 and 1.2.
     */
    public Rprop etas(float minus, float plus) {
        if (!(minus > 0 && minus < 1 && plus > 1 && plus < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Rprop: etas are %s and %s; the first must be between 0 and 1, the second above 1"
                            .formatted(minus, plus));
        }
        etaMinus = minus;
        etaPlus = plus;
        return this;
    }

    /** Sets the limits of steps; by default 1e-6 and 50. */
    public Rprop stepSizes(float smallest, float largest) {
        least = requireNotNegative("smallest step", smallest);
        most = requireNotNegative("largest step", largest);
        return this;
    }

    /**
     * There is none.
     *
     * @throws IllegalArgumentException if it is not 0
     */
    @Override
    public Rprop weightDecay(float penalty) {
        if (penalty != 0) {
            throw new IllegalArgumentException(
                    "Rprop: weight decay is %s; it must be 0, only signs count".formatted(penalty));
        }
        return this;
    }

    @Override
    protected int states() {
        return 2;
    }

    @Override
    protected void begin(int step, double rate, double decay) {
        first = step == 1;
        start = (float) rate;
    }

    @Override
    protected void apply(int n, float[] p, float[] g, Matrix[] states) {
        float[] before = states[0].data();
        float[] size = states[1].data();
        if (first) {
            Arrays.fill(size, start);
        }
        for (int i = 0; i < n; i++) {
            float sign = g[i] * before[i];
            float factor = sign > 0 ? etaPlus : sign < 0 ? etaMinus : 1;
            size[i] = Math.min(Math.max(size[i] * factor, least), most);
            float d = sign < 0 ? 0 : g[i];
            p[i] -= Math.signum(d) * size[i];
            before[i] = d;
        }
    }

    @Override
    public String toString() {
        return "Rprop(learning rate %s, etas %s and %s, step sizes %s to %s)"
                .formatted(learningRate(), etaMinus, etaPlus, least, most);
    }
}
