package io.github.lanewise.nn.schedule;

import java.util.Objects;
import java.util.function.LongToDoubleFunction;

/**
 * Takes any function of the step or epoch: the rate is {@code rate factor(t)}.
 *
 * @param rate learning rate where the factor is 1
 * @param factor of step or epoch t, counted from 0
 */
public record LambdaLR(double rate, LongToDoubleFunction factor) implements Schedule {

    /** Checks the arguments. */
    public LambdaLR {
        Schedules.requireRate("LambdaLR", rate);
        Objects.requireNonNull(factor, "factor");
    }

    @Override
    public double at(long t) {
        return rate * factor.applyAsDouble(t);
    }
}
