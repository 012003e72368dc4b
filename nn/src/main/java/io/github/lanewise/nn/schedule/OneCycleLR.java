package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.TrainerCallback;

/**
 * Rises from a low rate to the highest and falls to a far lower one, while the momentum falls and
 * rises (Smith and Topin, "Super-convergence", 2018, in PyTorch's form). Meant for {@link
 * #perStep}.
 *
 * <p>The course goes from highest / 25 to highest within the first 30 % of the steps, and then to
 * highest / 250,000; the momentum from 0.95 to 0.85 and back. In three phases it falls as fast as
 * it rose, and then further.
 */
public final class OneCycleLR implements Schedule {

    private final double highest;
    private final long steps;
    private double rise = 0.3;
    private boolean linear;
    private boolean threePhases;
    private double divisor = 25;
    private double finalDivisor = 1e4;
    private double lowMomentum = 0.85;
    private double highMomentum = 0.95;
    private boolean cycling = true;

    /**
     * Makes a course to this rate and back.
     *
     * @param highest learning rate
     * @param steps of the whole course; the last rate stays after it
     */
    public OneCycleLR(double highest, long steps) {
        Schedules.requireSteps("OneCycleLR", "steps", steps);
        this.highest = highest;
        this.steps = steps;
    }

    /** Sets the share of the steps in which the rate rises, from 0 to 1; by default 0.3. */
    public OneCycleLR rise(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "OneCycleLR: rise is %s; it must be from 0 to 1".formatted(share));
        }
        rise = share;
        return this;
    }

    /** Goes in straight lines in place of half cosine waves. */
    public OneCycleLR linear() {
        linear = true;
        return this;
    }

    /** Falls as fast as it rose before it falls further. */
    public OneCycleLR threePhases() {
        threePhases = true;
        return this;
    }

    /** Sets highest / first rate and first / last rate, by default 25 and 10,000. */
    public OneCycleLR divisors(double first, double last) {
        divisor = first;
        finalDivisor = last;
        return this;
    }

    /** Sets the momentum at the highest rate and at both ends, by default 0.85 and 0.95. */
    public OneCycleLR momentum(double low, double high) {
        lowMomentum = low;
        highMomentum = high;
        return this;
    }

    /** Leaves the momentum of the optimizer alone. */
    public OneCycleLR keepMomentum() {
        cycling = false;
        return this;
    }

    @Override
    public double at(long t) {
        double first = highest / divisor;
        double last = first / finalDivisor;
        return along(t, first, highest, threePhases ? first : last, last);
    }

    /** Returns the momentum of a step, counted from 0. */
    public double momentumAt(long t) {
        return along(t, highMomentum, lowMomentum, highMomentum, highMomentum);
    }

    /** Returns the number of a step on the way from start over top and middle to end. */
    private double along(long t, double start, double top, double middle, double end) {
        double up = rise * steps - 1;
        double down = threePhases ? 2 * rise * steps - 2 : steps - 1;
        if (t <= up) {
            return between(start, top, share(t, 0, up));
        }
        if (t <= down || !threePhases) {
            return between(top, middle, share(t, up, down));
        }
        return between(middle, end, share(t, down, steps - 1));
    }

    private static double share(long t, double begin, double end) {
        return end > begin ? Math.min(1, (t - begin) / (end - begin)) : 1;
    }

    private double between(double from, double to, double share) {
        return linear ? from + (to - from) * share : Schedules.cosine(from, to, share);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the momentum is to go along but the optimizer has none
     */
    @Override
    public TrainerCallback perStep(Optimizer optimizer) {
        if (!cycling) {
            return Schedule.super.perStep(optimizer);
        }
        if (!optimizer.cycleMomentum((float) momentumAt(0))) {
            throw new IllegalArgumentException(
                    "OneCycleLR: %s has no momentum to cycle; call keepMomentum()"
                            .formatted(optimizer));
        }
        return new ScheduleCallback(
                optimizer,
                t -> {
                    optimizer.learningRate((float) at(t));
                    optimizer.cycleMomentum((float) momentumAt(t));
                });
    }

    @Override
    public String toString() {
        return "OneCycleLR(highest %s, steps %d)".formatted(highest, steps);
    }
}
