package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.WinogradPoints;

/**
 * The specification of interpolating polynomials from {@link WinogradPoints}, but for the
 * divisions, and of the transposed matrix.
 *
 * <p>Element i of what is read is at {@code from + i * step}, of what is written at {@code to + i *
 * toStep}.
 */
final class ScalarInterpolation {

    private ScalarInterpolation() {}

    /** Interpolates: row i of the matrix is the sum over points that belongs to term i. */
    static void run(
            WinogradPoints points, float[] x, int from, int step, float[] y, int to, int toStep) {
        switch (points) {
            case SIX -> runSix(x, from, step, y, to, toStep);
            case EIGHT -> runEight(x, from, step, y, to, toStep);
        }
    }

    private static void runSix(float[] x, int from, int step, float[] y, int to, int toStep) {
        float first = x[from];
        float last = x[from + 5 * step];
        float even1 = x[from + step] + x[from + 2 * step];
        float even2 = x[from + 3 * step] + x[from + 4 * step];
        float odd1 = x[from + step] - x[from + 2 * step];
        float odd2 = x[from + 3 * step] - x[from + 4 * step];
        y[to] = 4 * first;
        y[to + toStep] = Fma.fma(4, last - odd1, -2 * odd2);
        y[to + 2 * toStep] = Fma.fma(-5, first, Fma.fma(-4, even1, -even2));
        y[to + 3 * toStep] = Fma.fma(-5, last, Fma.fma(2, odd2, odd1));
        y[to + 4 * toStep] = first + (even1 + even2);
        y[to + 5 * toStep] = last;
    }

    private static void runEight(float[] x, int from, int step, float[] y, int to, int toStep) {
        float first = x[from];
        float last = x[from + 7 * step];
        float even1 = x[from + step] + x[from + 2 * step];
        float even2 = x[from + 3 * step] + x[from + 4 * step];
        float even3 = x[from + 5 * step] + x[from + 6 * step];
        float odd1 = x[from + step] - x[from + 2 * step];
        float odd2 = x[from + 3 * step] - x[from + 4 * step];
        float odd3 = x[from + 5 * step] - x[from + 6 * step];
        y[to] = first;
        y[to + toStep] = Fma.fma(2, odd3, Fma.fma(0.5f, odd2, odd1)) - last;
        y[to + 2 * toStep] =
                Fma.fma(-5.25f, first, Fma.fma(4, even3, Fma.fma(0.25f, even2, even1)));
        y[to + 3 * toStep] = Fma.fma(5.25f, last, Fma.fma(-2.5f, odd2 + odd3, -4.25f * odd1));
        y[to + 4 * toStep] =
                Fma.fma(5.25f, first, Fma.fma(-5, even3, Fma.fma(-1.25f, even2, -4.25f * even1)));
        y[to + 5 * toStep] = Fma.fma(-5.25f, last, Fma.fma(2, odd2, Fma.fma(0.5f, odd3, odd1)));
        y[to + 6 * toStep] = even1 + (even2 + even3) - first;
        y[to + 7 * toStep] = last;
    }

    /** Applies the transposed matrix to as many numbers as there are points. */
    static void transposed(
            WinogradPoints points, float[] x, int from, int step, float[] y, int to, int toStep) {
        switch (points) {
            case SIX -> transposedSix(x, from, step, y, to, toStep);
            case EIGHT -> transposedEight(x, from, step, y, to, toStep);
        }
    }

    private static void transposedSix(
            float[] x, int from, int step, float[] y, int to, int toStep) {
        float x1 = x[from + step];
        float x2 = x[from + 2 * step];
        float x3 = x[from + 3 * step];
        float x4 = x[from + 4 * step];
        float even1 = Fma.fma(-4, x2, x4);
        float odd1 = Fma.fma(-4, x1, x3);
        float even2 = x4 - x2;
        float odd2 = x3 - x1;
        y[to] = Fma.fma(4, x[from], Fma.fma(-5, x2, x4));
        y[to + toStep] = even1 + odd1;
        y[to + 2 * toStep] = even1 - odd1;
        y[to + 3 * toStep] = Fma.fma(2, odd2, even2);
        y[to + 4 * toStep] = Fma.fma(-2, odd2, even2);
        y[to + 5 * toStep] = Fma.fma(4, x1, Fma.fma(-5, x3, x[from + 5 * step]));
    }

    private static void transposedEight(
            float[] x, int from, int step, float[] y, int to, int toStep) {
        float x1 = x[from + step];
        float x2 = x[from + 2 * step];
        float x3 = x[from + 3 * step];
        float x4 = x[from + 4 * step];
        float x5 = x[from + 5 * step];
        float x6 = x[from + 6 * step];
        float even1 = Fma.fma(-4.25f, x4, x2 + x6);
        float odd1 = Fma.fma(-4.25f, x3, x1 + x5);
        float even2 = Fma.fma(-1.25f, x4, Fma.fma(0.25f, x2, x6));
        float odd2 = Fma.fma(4, x5, Fma.fma(-5, x3, x1));
        float even3 = Fma.fma(4, x2, Fma.fma(-5, x4, x6));
        float odd3 = Fma.fma(4, x1, Fma.fma(-5, x3, x5));
        y[to] = Fma.fma(5.25f, x4 - x2, x[from] - x6);
        y[to + toStep] = even1 + odd1;
        y[to + 2 * toStep] = even1 - odd1;
        y[to + 3 * toStep] = Fma.fma(0.5f, odd2, even2);
        y[to + 4 * toStep] = Fma.fma(-0.5f, odd2, even2);
        y[to + 5 * toStep] = Fma.fma(0.5f, odd3, even3);
        y[to + 6 * toStep] = Fma.fma(-0.5f, odd3, even3);
        y[to + 7 * toStep] = Fma.fma(5.25f, x3 - x5, x[from + 7 * step] - x1);
    }
}
