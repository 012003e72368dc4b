package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Values of polynomials at {@link WinogradPoints}, where the value at infinity is the last
 * coefficient. Lanes are polynomials; {@code ScalarEvaluation} is the definition.
 *
 * <p>Element i of a polynomial is at {@code from + i * step}; the next begins a vector further, or
 * {@code next}.
 */
final class Evaluation {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private Evaluation() {}

    /**
     * Evaluates polynomials of three to six terms; at six points, of four. The value of polynomial
     * n at point i goes to {@code start + n * row + i * apart}.
     */
    static void run(
            WinogradPoints points,
            int terms,
            int count,
            float[] x,
            int from,
            int step,
            float[] y,
            int start,
            int row,
            int apart) {
        if (points == WinogradPoints.SIX) {
            EvaluationAtSix.run(count, x, from, step, y, start, row, apart);
        } else {
            run(terms, count, x, from, step, y, start, row, apart);
        }
    }

    private static void run(
            int terms,
            int count,
            float[] x,
            int from,
            int step,
            float[] y,
            int start,
            int row,
            int apart) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector minusTwo = ZERO.broadcast(-2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector sixteen = ZERO.broadcast(16f);
        FloatVector half = ZERO.broadcast(0.5f);
        FloatVector minusHalf = ZERO.broadcast(-0.5f);
        FloatVector quarter = ZERO.broadcast(0.25f);
        FloatVector sixteenth = ZERO.broadcast(0.0625f);
        for (int n = 0; n < count; n++) {
            int at = from + n * L;
            FloatVector x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at));
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 2 * step));
            FloatVector last = x2;
            FloatVector even1 = x0.add(x2);
            FloatVector even2 = x2.fma(four, x0);
            FloatVector even3 = x2.fma(quarter, x0);
            FloatVector odd1 = x1;
            FloatVector odd2 = x1;
            FloatVector odd3 = x1;
            if (terms > 3) {
                FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
                last = x3;
                odd1 = x1.add(x3);
                odd2 = x3.fma(four, x1);
                odd3 = x3.fma(quarter, x1);
            }
            if (terms > 4) {
                FloatVector x4 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 4 * step));
                last = x4;
                even1 = even1.add(x4);
                even2 = x4.fma(sixteen, even2);
                even3 = x4.fma(sixteenth, even3);
            }
            if (terms > 5) {
                FloatVector x5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 5 * step));
                last = x5;
                odd1 = odd1.add(x5);
                odd2 = x5.fma(sixteen, odd2);
                odd3 = x5.fma(sixteenth, odd3);
            }
            int to = start + n * row;
            x0.intoArray(y, to);
            even1.add(odd1).intoArray(y, to + apart);
            even1.sub(odd1).intoArray(y, to + 2 * apart);
            odd2.fma(two, even2).intoArray(y, to + 3 * apart);
            odd2.fma(minusTwo, even2).intoArray(y, to + 4 * apart);
            odd3.fma(half, even3).intoArray(y, to + 5 * apart);
            odd3.fma(minusHalf, even3).intoArray(y, to + 6 * apart);
            last.intoArray(y, to + 7 * apart);
        }
    }

    /** Applies the transposed matrix: numbers at the points become three to six sums. */
    static void transposed(
            WinogradPoints points,
            int terms,
            int count,
            float[] x,
            int from,
            int step,
            int next,
            float[] y,
            int start,
            int row) {
        if (points == WinogradPoints.SIX) {
            EvaluationAtSix.transposed(terms, count, x, from, step, next, y, start, row);
        } else {
            transposed(terms, count, x, from, step, next, y, start, row);
        }
    }

    private static void transposed(
            int terms,
            int count,
            float[] x,
            int from,
            int step,
            int next,
            float[] y,
            int start,
            int row) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector eight = ZERO.broadcast(8f);
        FloatVector sixteen = ZERO.broadcast(16f);
        FloatVector thirtyTwo = ZERO.broadcast(32f);
        FloatVector half = ZERO.broadcast(0.5f);
        FloatVector quarter = ZERO.broadcast(0.25f);
        FloatVector eighth = ZERO.broadcast(0.125f);
        FloatVector sixteenth = ZERO.broadcast(0.0625f);
        FloatVector thirtySecond = ZERO.broadcast(0.03125f);
        for (int n = 0; n < count; n++) {
            int at = from + n * next;
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * step);
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * step);
            FloatVector x5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 5 * step));
            FloatVector x6 = FloatVector.fromArray(S, x, at + 6 * step);
            FloatVector infinite = FloatVector.fromArray(S, x, at + 7 * step);
            FloatVector even1 = x1.add(x2);
            FloatVector even2 = x3.add(x4);
            FloatVector even3 = x5.add(x6);
            FloatVector odd1 = x1.sub(x2);
            FloatVector odd2 = x3.sub(x4);
            FloatVector odd3 = x5.sub(x6);
            int to = start + n * row;
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, at))
                    .add(even1)
                    .add(even2.add(even3))
                    .intoArray(y, to);
            odd2.fma(two, odd3.fma(half, odd1)).intoArray(y, to + L);
            FloatVector y2 = even2.fma(four, even3.fma(quarter, even1));
            if (terms == 3) {
                y2.add(infinite).intoArray(y, to + 2 * L);
                continue;
            }
            y2.intoArray(y, to + 2 * L);
            FloatVector y3 = odd2.fma(eight, odd3.fma(eighth, odd1));
            if (terms == 4) {
                y3.add(infinite).intoArray(y, to + 3 * L);
                continue;
            }
            y3.intoArray(y, to + 3 * L);
            FloatVector y4 = even2.fma(sixteen, even3.fma(sixteenth, even1));
            if (terms == 5) {
                y4.add(infinite).intoArray(y, to + 4 * L);
                continue;
            }
            y4.intoArray(y, to + 4 * L);
            FloatVector y5 = odd2.fma(thirtyTwo, odd3.fma(thirtySecond, odd1));
            y5.add(infinite).intoArray(y, to + 5 * L);
        }
    }
}
