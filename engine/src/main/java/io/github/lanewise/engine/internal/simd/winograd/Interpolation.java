package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The interpolation of polynomials from {@link WinogradPoints}, but for the divisions, and its
 * transpose. Lanes are polynomials; {@code ScalarInterpolation} is the definition.
 *
 * <p>Element i of a polynomial is at {@code from + i * step}; the next begins a vector further, or
 * {@code next}.
 */
final class Interpolation {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int SIDE = 8;

    private static final int ROW = SIDE * L;

    private Interpolation() {}

    /**
     * Brings as many inputs in a row as there are points to these, for as many rows: value i of row
     * n goes to {@code start + n * row + i * apart}.
     */
    static void transposed(
            WinogradPoints points,
            float[] x,
            int from,
            int step,
            float[] y,
            int start,
            int row,
            int apart) {
        if (points == WinogradPoints.SIX) {
            InterpolationFromSix.transposed(x, from, step, y, start, row, apart);
        } else {
            transposed(x, from, step, y, start, row, apart);
        }
    }

    private static void transposed(
            float[] x, int from, int step, float[] y, int start, int row, int apart) {
        FloatVector five = ZERO.broadcast(-5f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector half = ZERO.broadcast(0.5f);
        FloatVector minusHalf = ZERO.broadcast(-0.5f);
        FloatVector quarter = ZERO.broadcast(0.25f);
        FloatVector c1 = ZERO.broadcast(-4.25f);
        FloatVector c2 = ZERO.broadcast(-1.25f);
        FloatVector ends = ZERO.broadcast(5.25f);
        for (int n = 0; n < SIDE; n++) {
            int at = from + n * L;
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 2 * step));
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 4 * step));
            FloatVector x5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 5 * step));
            FloatVector x6 = FloatVector.fromArray(S, x, at + 6 * step);
            int to = start + n * row;
            FloatVector y0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at)).sub(x6);
            x4.sub(x2).fma(ends, y0).intoArray(y, to);
            FloatVector even1 = x4.fma(c1, x2.add(x6));
            FloatVector odd1 = x3.fma(c1, x1.add(x5));
            even1.add(odd1).intoArray(y, to + apart);
            even1.sub(odd1).intoArray(y, to + 2 * apart);
            FloatVector even2 = x4.fma(c2, x2.fma(quarter, x6));
            FloatVector odd2 = x5.fma(four, x3.fma(five, x1));
            odd2.fma(half, even2).intoArray(y, to + 3 * apart);
            odd2.fma(minusHalf, even2).intoArray(y, to + 4 * apart);
            FloatVector even3 = x2.fma(four, x4.fma(five, x6));
            FloatVector odd3 = x1.fma(four, x3.fma(five, x5));
            odd3.fma(half, even3).intoArray(y, to + 5 * apart);
            odd3.fma(minusHalf, even3).intoArray(y, to + 6 * apart);
            FloatVector y7 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 7 * step)).sub(x1);
            x3.sub(x5).fma(ends, y7).intoArray(y, to + 7 * apart);
        }
    }

    /** Interpolates: what as many rows of numbers as points send back to as many inputs. */
    static void run(WinogradPoints points, float[] x, int from, int step, int next, float[] y) {
        if (points == WinogradPoints.SIX) {
            InterpolationFromSix.run(x, from, step, next, y);
        } else {
            run(x, from, step, next, y);
        }
    }

    private static void run(float[] x, int from, int step, int next, float[] y) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector five = ZERO.broadcast(-5f);
        FloatVector half = ZERO.broadcast(0.5f);
        FloatVector quarter = ZERO.broadcast(0.25f);
        FloatVector c1 = ZERO.broadcast(-4.25f);
        FloatVector c2 = ZERO.broadcast(-1.25f);
        FloatVector c3 = ZERO.broadcast(-2.5f);
        FloatVector ends = ZERO.broadcast(5.25f);
        FloatVector minusEnds = ZERO.broadcast(-5.25f);
        for (int n = 0; n < SIDE; n++) {
            int at = from + n * next;
            FloatVector x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at));
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * step);
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * step);
            FloatVector x5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 5 * step));
            FloatVector x6 = FloatVector.fromArray(S, x, at + 6 * step);
            FloatVector x7 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 7 * step));
            FloatVector even1 = x1.add(x2);
            FloatVector even2 = x3.add(x4);
            FloatVector even3 = x5.add(x6);
            FloatVector odd1 = x1.sub(x2);
            FloatVector odd2 = x3.sub(x4);
            FloatVector odd3 = x5.sub(x6);
            int to = n * ROW;
            x0.intoArray(y, to);
            odd3.fma(two, odd2.fma(half, odd1)).sub(x7).intoArray(y, to + L);
            FloatVector y2 = even3.fma(four, even2.fma(quarter, even1));
            x0.fma(minusEnds, y2).intoArray(y, to + 2 * L);
            FloatVector y3 = odd2.add(odd3).fma(c3, odd1.mul(c1));
            x7.fma(ends, y3).intoArray(y, to + 3 * L);
            FloatVector y4 = even3.fma(five, even2.fma(c2, even1.mul(c1)));
            x0.fma(ends, y4).intoArray(y, to + 4 * L);
            FloatVector y5 = odd2.fma(two, odd3.fma(half, odd1));
            x7.fma(minusEnds, y5).intoArray(y, to + 5 * L);
            even1.add(even2.add(even3)).sub(x0).intoArray(y, to + 6 * L);
            x7.intoArray(y, to + 7 * L);
        }
    }
}
