package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.Param;

/**
 * An optimizer whose rule is a plain loop over the elements of a parameter, on the caller's thread,
 * and not one of the engine's: the same bits everywhere, but a step of a large model takes longer
 * than {@link Adam}'s. A program's own rule is one:
 *
 * <pre>{@code
 * final class SignSGD extends LoopOptimizer {
 *     private float rate;
 *
 *     SignSGD(float learningRate) {
 *         super(learningRate);
 *     }
 *
 *     protected int states() {
 *         return 0;
 *     }
 *
 *     protected void begin(int step, double rate, double decay) {
 *         this.rate = (float) rate;
 *     }
 *
 *     protected void apply(int n, float[] p, float[] g, Matrix[] states) {
 *         for (int i = 0; i < n; i++) {
 *             p[i] -= rate * Math.signum(g[i]);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>It then has groups, schedules, clipping, accumulation and shards as all others, and what it
 * remembers, {@link #states()} arrays of the shape of each parameter and its count of steps, is in
 * checkpoints under the name of the class.
 */
public abstract class LoopOptimizer extends Optimizer {

    /**
     * Starts with this learning rate.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    protected LoopOptimizer(float learningRate) {
        super(learningRate);
    }

    /**
     * Prepares the numbers of a step of one parameter.
     *
     * @param step which step of it, from 1
     * @param rate the learning rate for this parameter
     * @param decay the weight decay for this parameter
     */
    protected abstract void begin(int step, double rate, double decay);

    /**
     * Changes elements 0 to n - 1, of which each stands at the same place of all arrays.
     *
     * @param p the values, to be changed
     * @param g their gradient, only to be read
     * @param states what is remembered, to be changed; the elements are those of {@code data()}
     */
    protected abstract void apply(int n, float[] p, float[] g, Matrix[] states);

    @Override
    final void update(
            Kernels kernels, Param parameter, OptimizerState state, float rate, float decay) {
        Matrix value = parameter.value();
        state.resize(states(), value, this);
        begin(state.nextStep(), rate, decay);
        float[] values = rate == 0 ? value.data().clone() : value.data(); // 0 moves nothing
        apply(value.size(), values, parameter.gradient().data(), state.states());
    }

    /** Throws: there is none among the engine's. */
    @Override
    protected final Update rule(int step, float learningRate, float weightDecay) {
        throw new IllegalStateException(getClass().getSimpleName() + ": not a rule of the engine");
    }

    /** Returns a power of a number not below 0; StrictMath's own allocates. */
    static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }

    /** Returns a mean moved towards a number by a share. */
    static float moved(float mean, float towards, float share) {
        return Math.fma(share, towards - mean, mean);
    }

    /** Returns a decaying mean of squares. */
    static float meanSquare(float mean, float x, float beta) {
        return Math.fma((1 - beta) * x, x, beta * mean);
    }
}
