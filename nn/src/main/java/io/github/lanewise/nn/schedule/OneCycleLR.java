package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.TrainerCallback;

/**
 * Rises from a low rate to the highest and falls to a far lower one, while the momentum falls and
 * rises (Smith and Topin, "Super-convergence", 2018, in PyTorch's form). Meant for {@link
 * #perStep}.
 *
 * <p>The course goes from maxLr / 25 to maxLr within the first 30 % of the steps, and then to maxLr
 * / 250,000; the momentum from 0.95 to 0.85 and back. In three phases it falls as fast as it rose,
 * and then further.
 */
public final class OneCycleLR implements Schedule {

    private final double maxLr;
    private final long totalSteps;
    private double pctStart = 0.3;
    private boolean linear;
    private boolean threePhase;
    private double divFactor = 25;
    private double finalDivFactor = 1e4;
    private double baseMomentum = 0.85;
    private double maxMomentum = 0.95;
    private boolean cycleMomentum = true;

    /**
     * Makes a course to this rate and back.
     *
     * @param maxLr highest learning rate
     * @param totalSteps of the whole course; the last rate stays after it
     */
    public OneCycleLR(double maxLr, long totalSteps) {
        Schedules.requireRate("OneCycleLR", maxLr);
        Numbers.requirePositive("OneCycleLR", "totalSteps", totalSteps);
        this.maxLr = maxLr;
        this.totalSteps = totalSteps;
    }

    /** Sets the share of the steps in which the rate rises, from 0 to 1; by default 0.3. */
    public OneCycleLR pctStart(double share) {
        Numbers.requireShare("OneCycleLR", "pctStart", share);
        pctStart = share;
        return this;
    }

    /** Goes in straight lines in place of half cosine waves. */
    public OneCycleLR linear() {
        linear = true;
        return this;
    }

    /** Falls as fast as it rose before it falls further. */
    public OneCycleLR threePhase() {
        threePhase = true;
        return this;
    }

    /** Sets maxLr / first rate, by default 25. */
    public OneCycleLR divFactor(double divisor) {
        Numbers.requireAboveZero("OneCycleLR", "divFactor", divisor);
        divFactor = divisor;
        return this;
    }

    /** Sets first rate / last rate, by default 10,000. */
    public OneCycleLR finalDivFactor(double divisor) {
        Numbers.requireAboveZero("OneCycleLR", "finalDivFactor", divisor);
        finalDivFactor = divisor;
        return this;
    }

    /** Sets the momentum at the highest rate and at both ends, by default 0.85 and 0.95. */
    public OneCycleLR momentum(double base, double max) {
        Schedules.requireMomentum("OneCycleLR", base, max);
        baseMomentum = base;
        maxMomentum = max;
        return this;
    }

    /** Sets whether the optimizer's momentum goes along; by default it does. */
    public OneCycleLR cycleMomentum(boolean goesAlong) {
        cycleMomentum = goesAlong;
        return this;
    }

    @Override
    public double at(long t) {
        double first = maxLr / divFactor;
        double last = first / finalDivFactor;
        return along(t, first, maxLr, threePhase ? first : last, last);
    }

    /** Returns the momentum of a step, counted from 0. */
    public double momentumAt(long t) {
        return along(t, maxMomentum, baseMomentum, maxMomentum, maxMomentum);
    }

    /** Returns the number of a step on the way from start over top and middle to end. */
    private double along(long t, double start, double top, double middle, double end) {
        double up = pctStart * totalSteps - 1;
        double down = threePhase ? 2 * pctStart * totalSteps - 2 : totalSteps - 1;
        if (t <= up) {
            return between(start, top, share(t, 0, up));
        }
        if (t <= down || !threePhase) {
            return between(top, middle, share(t, up, down));
        }
        return between(middle, end, share(t, down, totalSteps - 1));
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
        return cycleMomentum
                ? Schedules.perStepWithMomentum(this, this::momentumAt, optimizer)
                : Schedule.super.perStep(optimizer);
    }

    @Override
    public String toString() {
        return "OneCycleLR(maxLr %s, totalSteps %s)".formatted(maxLr, totalSteps);
    }
}
