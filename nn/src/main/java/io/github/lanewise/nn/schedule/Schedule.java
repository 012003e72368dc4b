package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.train.TrainerCallback;

/**
 * A learning rate for each step or epoch, a function of its number alone.
 *
 * <pre>{@code
 * trainer.fit(data, 30, 64, new StepLR(0.1, 10, 0.5).perEpoch(optimizer));
 * trainer.fit(data, 30, 64, new CosineAnnealingLR(0.1, steps).warmedUp(500, 1).perStep(optimizer));
 * }</pre>
 *
 * <p>Names, formulas and defaults are those of PyTorch's schedulers, in double precision. Whoever
 * writes the loop themselves sets {@code optimizer.learningRate((float) schedule.at(t))} before
 * step t.
 */
@FunctionalInterface
public interface Schedule {

    /** Returns the learning rate of a step or epoch, counted from 0. */
    double at(long t);

    /** Returns this schedule up to a step, and from there on another, whose steps begin anew. */
    default Schedule then(long milestone, Schedule next) {
        if (milestone < 0) {
            throw new IllegalArgumentException(
                    "Schedule: milestone is %s; it must be 0 or more".formatted(milestone));
        }
        return t -> t < milestone ? at(t) : next.at(t - milestone);
    }

    /**
     * Returns this schedule after a rise to its first rate: the rate of step t is at(0) ((t + 1) /
     * (steps + 1))^power for the first {@code steps} steps.
     *
     * @param steps of the rise, 0 or more
     * @param power 1 for a straight line
     */
    default Schedule warmedUp(long steps, double power) {
        Schedule rise = t -> at(0) * StrictMath.pow((t + 1.0) / (steps + 1), power);
        return rise.then(steps, this);
    }

    /** Returns a callback that sets the rate of each step; steps count from now on. */
    default TrainerCallback perStep(Optimizer optimizer) {
        return new ScheduleCallback(optimizer, t -> optimizer.learningRate((float) at(t)));
    }

    /** Returns a callback that sets the rate of each epoch; epochs count from its first use on. */
    default TrainerCallback perEpoch(Optimizer optimizer) {
        return new EpochCallback(t -> optimizer.learningRate((float) at(t)));
    }

    /**
     * Returns a callback that sets the rate of a group for each step of the optimizer that has the
     * group; so each group may have a schedule of its own.
     */
    default TrainerCallback perStep(Optimizer optimizer, ParameterGroup group) {
        return new ScheduleCallback(optimizer, t -> group.learningRate((float) at(t)));
    }

    /** Returns a callback that sets the rate of a group for each epoch. */
    default TrainerCallback perEpoch(ParameterGroup group) {
        return new EpochCallback(t -> group.learningRate((float) at(t)));
    }
}
