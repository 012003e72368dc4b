package io.github.lanewise.nn.schedule;

/**
 * Lowers the rate with each step: rate gamma^t.
 *
 * @param rate first learning rate
 * @param gamma factor
 */
public record ExponentialLR(double rate, double gamma) implements Schedule {

    @Override
    public double at(long t) {
        return rate * StrictMath.pow(gamma, t);
    }
}
