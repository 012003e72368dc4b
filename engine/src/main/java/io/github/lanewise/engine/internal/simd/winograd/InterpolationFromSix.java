package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Interpolation} for {@link io.github.lanewise.engine.internal.WinogradPoints#SIX}. */
final class InterpolationFromSix {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int SIDE = 6;

    private static final int ROW = SIDE * L;

    private InterpolationFromSix() {}

    static void transposed(
            float[] x, int from, int step, float[] y, int start, int row, int apart) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector minusTwo = ZERO.broadcast(-2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector minusFour = ZERO.broadcast(-4f);
        FloatVector minusFive = ZERO.broadcast(-5f);
        for (int n = 0; n < SIDE; n++) {
            int at = from + n * L;
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 2 * step));
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 4 * step));
            int to = start + n * row;
            FloatVector y0 = x2.fma(minusFive, x4);
            FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at)).fma(four, y0).intoArray(y, to);
            FloatVector even1 = x2.fma(minusFour, x4);
            FloatVector odd1 = x1.fma(minusFour, x3);
            even1.add(odd1).intoArray(y, to + apart);
            even1.sub(odd1).intoArray(y, to + 2 * apart);
            FloatVector even2 = x4.sub(x2);
            FloatVector odd2 = x3.sub(x1);
            odd2.fma(two, even2).intoArray(y, to + 3 * apart);
            odd2.fma(minusTwo, even2).intoArray(y, to + 4 * apart);
            FloatVector y5 = x3.fma(minusFive, FloatVector.fromArray(S, x, at + 5 * step));
            x1.fma(four, y5).intoArray(y, to + 5 * apart);
        }
    }

    static void run(float[] x, int from, int step, int next, float[] y) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector minusTwo = ZERO.broadcast(-2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector minusFour = ZERO.broadcast(-4f);
        FloatVector minusFive = ZERO.broadcast(-5f);
        for (int n = 0; n < SIDE; n++) {
            int at = from + n * next;
            FloatVector x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at));
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + step));
            FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * step);
            FloatVector x3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 3 * step));
            FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * step);
            FloatVector x5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at + 5 * step));
            FloatVector even1 = x1.add(x2);
            FloatVector even2 = x3.add(x4);
            FloatVector odd1 = x1.sub(x2);
            FloatVector odd2 = x3.sub(x4);
            int to = n * ROW;
            x0.mul(four).intoArray(y, to);
            x5.sub(odd1).fma(four, odd2.mul(minusTwo)).intoArray(y, to + L);
            FloatVector y2 = even1.fma(minusFour, even2.neg());
            x0.fma(minusFive, y2).intoArray(y, to + 2 * L);
            x5.fma(minusFive, odd2.fma(two, odd1)).intoArray(y, to + 3 * L);
            x0.add(even1.add(even2)).intoArray(y, to + 4 * L);
            x5.intoArray(y, to + 5 * L);
        }
    }
}
