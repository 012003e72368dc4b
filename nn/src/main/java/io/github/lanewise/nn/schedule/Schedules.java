package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.function.LongToDoubleFunction;

/** Checks, curves and callbacks that schedules have in common. */
final class Schedules {

    private Schedules() {}

    /** Checks a learning rate. */
    static void requireRate(String schedule, double rate) {
        Numbers.requireNotNegative(schedule, "rate", rate);
    }

    /** Returns rate base^exponent, and 0 for a rate of 0, though the power be infinite. */
    static double power(double rate, double base, double exponent) {
        return rate == 0 ? 0 : rate * StrictMath.pow(base, exponent);
    }

    /** Returns the number on half a cosine wave from one number to another. */
    static double cosine(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }

    /** Requires momenta that go from the lower to the higher, from 0 up to below 1. */
    static void requireMomentum(String schedule, double base, double max) {
        if (!(base >= 0 && base <= max && max < 1)) {
            throw new IllegalArgumentException(
                    "%s: momentum goes from %s to %s; it must go from 0 or more up to below 1"
                            .formatted(schedule, base, max));
        }
    }

    /**
     * Returns a callback that moves rate and momentum with each step.
     *
     * @param momentum of a step, counted from 0
     * @throws IllegalArgumentException if the optimizer has no momentum
     */
    static TrainerCallback perStepWithMomentum(
            Schedule schedule, LongToDoubleFunction momentum, Optimizer optimizer) {
        if (!optimizer.cycleMomentum((float) momentum.applyAsDouble(0))) {
            throw new IllegalArgumentException(
                    "%s: %s has no momentum to cycle; call cycleMomentum(false)"
                            .formatted(schedule.getClass().getSimpleName(), optimizer));
        }
        return new ScheduleCallback(
                optimizer,
                t -> {
                    optimizer.learningRate((float) schedule.at(t));
                    optimizer.cycleMomentum((float) momentum.applyAsDouble(t));
                });
    }
}
