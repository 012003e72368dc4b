package io.github.lanewise.engine.internal.scalar;

/** Functions in double precision, and how far a float is from them. */
final class Exact {

    private Exact() {}

    static double sineOfTurns(double t) {
        return StrictMath.sin(2 * Math.PI * t);
    }

    static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /**
     * The distribution function of the normal distribution: near 0 the series x + x^3/3 + x^5/(3*5)
     * + ..., further out Laplace's continued fraction 1 / (z + 1 / (z + 2 / (z + ...))).
     */
    static double phi(double x) {
        double z = Math.abs(x);
        if (z < 2) {
            double term = x;
            double sum = x;
            for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
                term *= x * x / i;
                sum += term;
            }
            return 0.5 + density(x) * sum;
        }
        double fraction = z;
        for (int i = 200; i >= 1; i--) {
            fraction = z + i / fraction;
        }
        double tail = density(z) / fraction;
        return x < 0 ? tail : 1 - tail;
    }

    static double mishSlope(double x) {
        double t = StrictMath.tanh(softplus(x));
        double rest = 1 / StrictMath.cosh(softplus(x));
        return t + (rest == 0 ? 0 : x * rest * rest * sigmoid(x));
    }

    /** Error in units of the last place of a float of the exact result's size, or of 2^-119. */
    static double ulps(float actual, double exact) {
        float rounded = (float) exact;
        if (!Float.isFinite(rounded) || !Float.isFinite(actual)) {
            return actual == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        int exponent = Math.max(-119, Math.getExponent(exact));
        return Math.abs(actual - exact) / Math.scalb(1.0, exponent - 23);
    }
}
