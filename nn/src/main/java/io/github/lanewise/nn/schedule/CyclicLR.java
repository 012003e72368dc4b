package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.Objects;

/**
 * Goes up and down between two rates along straight lines, again and again (Smith, "Cyclical
 * learning rates for training neural networks", 2017).
 *
 * <p>In cycle c, counted from 0, the rate of step t is {@code baseLr + (maxLr - baseLr) x f}, where
 * x rises from 0 to 1 over {@code stepSizeUp} steps and falls back over {@code stepSizeDown}, and f
 * is 1, 1 / 2<sup>c</sup> or gamma<sup>t</sup> by the {@link Mode}. The optimizer's momentum goes
 * the other way, from 0.9 to 0.8, unless {@link #cycleMomentum} says otherwise.
 */
public final class CyclicLR implements Schedule {

    /** How the height of the cycles goes on. */
    public enum Mode {
        /** All are of one height. */
        TRIANGULAR,
        /** Each is half as high as the one before. */
        TRIANGULAR2,
        /** Heights fall as gamma to the power of the step. */
        EXP_RANGE
    }

    private final double baseLr;
    private final double maxLr;
    private final long stepSizeUp;
    private long stepSizeDown;
    private Mode mode = Mode.TRIANGULAR;
    private double gamma = 1;
    private double baseMomentum = 0.8;
    private double maxMomentum = 0.9;
    private boolean cycleMomentum = true;

    /**
     * Makes a schedule that falls as long as it rises.
     *
     * @param baseLr lowest rate, from which it starts
     * @param maxLr highest rate
     * @param stepSizeUp steps of a rise, 1 or more
     * @throws IllegalArgumentException if a number is out of range
     */
    public CyclicLR(double baseLr, double maxLr, long stepSizeUp) {
        Numbers.requireNotNegative("CyclicLR", "baseLr", baseLr);
        Numbers.requireNotNegative("CyclicLR", "maxLr", maxLr);
        Numbers.requirePositive("CyclicLR", "stepSizeUp", stepSizeUp);
        this.baseLr = baseLr;
        this.maxLr = maxLr;
        this.stepSizeUp = stepSizeUp;
        this.stepSizeDown = stepSizeUp;
    }

    /** Sets the steps of a fall; as many as of a rise unless set. */
    public CyclicLR stepSizeDown(long steps) {
        Numbers.requirePositive("CyclicLR", "stepSizeDown", steps);
        stepSizeDown = steps;
        return this;
    }

    /** Sets how the height of the cycles goes on; {@link Mode#TRIANGULAR} unless set. */
    public CyclicLR mode(Mode other) {
        mode = Objects.requireNonNull(other, "mode");
        return this;
    }

    /** Sets the base of {@link Mode#EXP_RANGE}, above 0; 1 unless set. */
    public CyclicLR gamma(double base) {
        Numbers.requireAboveZero("CyclicLR", "gamma", base);
        gamma = base;
        return this;
    }

    /** Sets the momentum at the highest rate and at the lowest, by default 0.8 and 0.9. */
    public CyclicLR momentum(double base, double max) {
        Schedules.requireMomentum("CyclicLR", base, max);
        baseMomentum = base;
        maxMomentum = max;
        return this;
    }

    /** Sets whether the optimizer's momentum goes along; by default it does. */
    public CyclicLR cycleMomentum(boolean goesAlong) {
        cycleMomentum = goesAlong;
        return this;
    }

    @Override
    public double at(long t) {
        return baseLr + (maxLr - baseLr) * height(t);
    }

    /** Returns the momentum of a step, counted from 0. */
    public double momentumAt(long t) {
        return maxMomentum - (maxMomentum - baseMomentum) * height(t);
    }

    private double height(long t) {
        long length = Math.addExact(stepSizeUp, stepSizeDown);
        long cycle = t / length;
        double since = t % length;
        double x = since <= stepSizeUp ? since / stepSizeUp : (length - since) / stepSizeDown;
        return switch (mode) {
            case TRIANGULAR -> x;
            case TRIANGULAR2 -> x * StrictMath.pow(2, -cycle);
            case EXP_RANGE -> x * StrictMath.pow(gamma, t);
        };
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the momentum is to go along but the optimizer has none
     */
    @Override
    public TrainerCallback perStep(Optimizer optimizer) {
        return cycleMomentum
                ? Schedules.perStepWithMomentum(this, this::momentumAt, optimizer)
                : Schedule.super.perStep(optimizer);
    }

    @Override
    public String toString() {
        return "CyclicLR(baseLr %s, maxLr %s, stepSizeUp %s)".formatted(baseLr, maxLr, stepSizeUp);
    }
}
