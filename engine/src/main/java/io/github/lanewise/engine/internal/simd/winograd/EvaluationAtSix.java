package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Evaluation} at {@link io.github.lanewise.engine.internal.WinogradPoints#SIX}, of
 * polynomials of four terms.
 */
final class EvaluationAtSix {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private EvaluationAtSix() {}

    static void run(
            int count, float[] x, int from, int step, float[] y, int start, int row, int apart) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector minusTwo = ZERO.broadcast(-2f);
        FloatVector four = ZERO.broadcast(4f);
        for (int n = 0; n < count; n++) {
            int at = from + n * L;
            FloatVector x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at));
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 2 * step));
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector even1 = x0.add(x2);
            FloatVector even2 = x2.fma(four, x0);
            FloatVector odd1 = x1.add(x3);
            FloatVector odd2 = x3.fma(four, x1);
            int to = start + n * row;
            x0.intoArray(y, to);
            even1.add(odd1).intoArray(y, to + apart);
            even1.sub(odd1).intoArray(y, to + 2 * apart);
            odd2.fma(two, even2).intoArray(y, to + 3 * apart);
            odd2.fma(minusTwo, even2).intoArray(y, to + 4 * apart);
            x3.intoArray(y, to + 5 * apart);
        }
    }

    /** Applies the transposed matrix of three or four terms. */
    static void transposed(
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
        for (int n = 0; n < count; n++) {
            int at = from + n * next;
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * step);
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * step);
            FloatVector infinite = FloatVector.fromArray(S, x, at + 5 * step);
            FloatVector even1 = x1.add(x2);
            FloatVector even2 = x3.add(x4);
            FloatVector odd1 = x1.sub(x2);
            FloatVector odd2 = x3.sub(x4);
            int to = start + n * row;
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, at))
                    .add(even1)
                    .add(even2)
                    .intoArray(y, to);
            odd2.fma(two, odd1).intoArray(y, to + L);
            FloatVector y2 = even2.fma(four, even1);
            if (terms == 3) {
                y2.add(infinite).intoArray(y, to + 2 * L);
                continue;
            }
            y2.intoArray(y, to + 2 * L);
            odd2.fma(eight, odd1).add(infinite).intoArray(y, to + 3 * L);
        }
    }
}
