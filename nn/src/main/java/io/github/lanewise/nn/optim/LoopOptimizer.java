package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.Param;

/**
 * An optimizer whose rule is a plain loop over the elements of a parameter, on the caller's thread,
 * and not one of the engine's: the same bits everywhere, but a step of a large model takes longer
 * than {@link Adam}'s.
 */
abstract class LoopOptimizer extends Optimizer {

    LoopOptimizer(float learningRate) {
        super(learningRate);
    }

    /**
     * Prepares the numbers of a step of one parameter.
     *
     * @param step which step of it, from 1
     */
    abstract void begin(int step, double rate, double decay);

    /** Changes elements 0 to n - 1. */
    abstract void apply(int n, float[] p, float[] g, Matrix[] states);

    @Override
    final void update(
            Kernels kernels, Param parameter, OptimizerMemory memory, float rate, float decay) {
        Matrix value = parameter.value();
        memory.resize(states(), value, this);
        begin(memory.nextStep(), rate, decay);
        apply(value.size(), value.data(), parameter.gradient().data(), memory.states());
    }

    /** There is none among the engine's. */
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
