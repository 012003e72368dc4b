package io.github.lanewise.engine.internal.scalar;

/**
 * The specification of evaluating polynomials of n terms at the points 0, 1, -1, 2, -2, 1/2, -1/2
 * and infinity, where the value is the last coefficient, and of the transposed matrix.
 *
 * <p>Element i of what is read is at {@code from + i * step}, of what is written at {@code to + i *
 * toStep}.
 */
final class ScalarEvaluation {

    private ScalarEvaluation() {}

    /**
     * Evaluates a polynomial. At points a and -a its even and odd terms are added up once each, in
     * ascending order.
     */
    static void run(int n, float[] x, int from, int step, float[] y, int to, int toStep) {
        y[to] = x[from];
        pair(n, 1, x, from, step, y, to + toStep, toStep);
        pair(n, 2, x, from, step, y, to + 3 * toStep, toStep);
        pair(n, 0.5f, x, from, step, y, to + 5 * toStep, toStep);
        y[to + 7 * toStep] = x[from + (n - 1) * step];
    }

    private static void pair(
            int n, float a, float[] x, int from, int step, float[] y, int to, int toStep) {
        float even = x[from];
        float odd = x[from + step];
        float power = a * a;
        for (int i = 2; i < n; i++) {
            if (i % 2 == 0) {
                even = Math.fma(power, x[from + i * step], even);
            } else {
                odd = Math.fma(power, x[from + i * step], odd);
                power *= a * a;
            }
        }
        y[to] = Math.fma(a, odd, even);
        y[to + toStep] = Math.fma(-a, odd, even);
    }

    /** Applies the transposed matrix to eight numbers. */
    static void transposed(int n, float[] x, int from, int step, float[] y, int to, int toStep) {
        float even1 = x[from + step] + x[from + 2 * step];
        float even2 = x[from + 3 * step] + x[from + 4 * step];
        float even3 = x[from + 5 * step] + x[from + 6 * step];
        float odd1 = x[from + step] - x[from + 2 * step];
        float odd2 = x[from + 3 * step] - x[from + 4 * step];
        float odd3 = x[from + 5 * step] - x[from + 6 * step];
        y[to] = (x[from] + even1) + (even2 + even3);
        float power = 2;
        for (int i = 1; i < n; i++, power *= 2) {
            boolean even = i % 2 == 0;
            float inner = Math.fma(1 / power, even ? even3 : odd3, even ? even1 : odd1);
            y[to + i * toStep] = Math.fma(power, even ? even2 : odd2, inner);
        }
        y[to + (n - 1) * toStep] += x[from + 7 * step];
    }
}
