package io.github.lanewise.nn.layer;

/** The error function in double, to about 1e-15 (Abramowitz and Stegun, 7.1.6 and 7.1.14). */
final class ErrorFunction {

    private static final double FACTOR = 2 / Math.sqrt(Math.PI);

    /** Below it the series converges within {@link #TERMS}, above it the fraction does. */
    private static final double BORDER = 2.5;

    private static final int TERMS = 60;
    private static final double LARGE = 6;

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        if (size < BORDER) {
            return series(x);
        }
        if (size > LARGE) {
            return Math.signum(x);
        }
        return Math.signum(x) * (1 - complement(size));
    }

    static double slope(double x) {
        return FACTOR * StrictMath.exp(-x * x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < TERMS; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return slope(x) * sum;
    }

    private static double complement(double x) {
        double tail = x;
        for (int n = TERMS; n > 0; n--) {
            tail = x + n / 2.0 / tail;
        }
        return slope(x) / 2 / tail;
    }
}
