package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.WinogradPoints;

/**
 * The specification of evaluating polynomials of n terms at {@link WinogradPoints}, where the value
 * at infinity is the last coefficient, and of the transposed matrix.
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
    static void run(
            WinogradPoints points,
            int n,
            float[] x,
            int from,
            int step,
            float[] y,
            int to,
            int toStep) {
        y[to] = x[from];
        pair(n, 1, x, from, step, y, to + toStep, toStep);
        pair(n, 2, x, from, step, y, to + 3 * toStep, toStep);
        if (points == WinogradPoints.EIGHT) {
            pair(n, 0.5f, x, from, step, y, to + 5 * toStep, toStep);
        }
        y[to + (points.side() - 1) * toStep] = x[from + (n - 1) * step];
    }

    private static void pair(
            int n, float a, float[] x, int from, int step, float[] y, int to, int toStep) {
        float even = x[from];
        float odd = x[from + step];
        float power = a * a;
        for (int i = 2; i < n; i++) {
            if (i % 2 == 0) {
                even = Fma.fma(power, x[from + i * step], even);
            } else {
                odd = Fma.fma(power, x[from + i * step], odd);
                power *= a * a;
            }
        }
        y[to] = Fma.fma(a, odd, even);
        y[to + toStep] = Fma.fma(-a, odd, even);
    }

    /** Applies the transposed matrix to as many numbers as there are points. */
    static void transposed(
            WinogradPoints points,
            int n,
            float[] x,
            int from,
            int step,
            float[] y,
            int to,
            int toStep) {
        boolean halves = points == WinogradPoints.EIGHT;
        float even1 = x[from + step] + x[from + 2 * step];
        float even2 = x[from + 3 * step] + x[from + 4 * step];
        float even3 = halves ? x[from + 5 * step] + x[from + 6 * step] : 0;
        float odd1 = x[from + step] - x[from + 2 * step];
        float odd2 = x[from + 3 * step] - x[from + 4 * step];
        float odd3 = halves ? x[from + 5 * step] - x[from + 6 * step] : 0;
        y[to] = (x[from] + even1) + (halves ? even2 + even3 : even2);
        float power = 2;
        for (int i = 1; i < n; i++, power *= 2) {
            boolean even = i % 2 == 0;
            float ones = even ? even1 : odd1;
            float inner = halves ? Fma.fma(1 / power, even ? even3 : odd3, ones) : ones;
            y[to + i * toStep] = Fma.fma(power, even ? even2 : odd2, inner);
        }
        y[to + (n - 1) * toStep] += x[from + (points.side() - 1) * step];
    }
}
