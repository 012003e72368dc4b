package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Brings weights of 3 x 3 kernels to the points and scales them, as two calls of {@link Evaluation}
 * would, without a stop in memory. Lanes are channels.
 */
final class WeightsOfNine {

    /** The points between 0 and infinity. */
    private static final float[] POINTS = {1, -1, 2, -2, 0.5f, -0.5f};

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int ROW = 3 * L;

    private WeightsOfNine() {}

    /** Brings nine vectors of x to a vector of y for each pair of points. */
    static void run(WinogradPoints points, float[] x, int from, float[] y, int to, int apart) {
        FloatVector two = ZERO.broadcast(2f);
        FloatVector minusTwo = ZERO.broadcast(-2f);
        FloatVector four = ZERO.broadcast(4f);
        FloatVector half = ZERO.broadcast(0.5f);
        FloatVector minusHalf = ZERO.broadcast(-0.5f);
        FloatVector quarter = ZERO.broadcast(0.25f);
        int side = points.side();
        for (int i = 0; i < side; i++) {
            int row = i == side - 1 ? from + 2 * ROW : from;
            FloatVector x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, row));
            FloatVector x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, row + L));
            FloatVector x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, row + 2 * L));
            if (i > 0 && i < side - 1) {
                FloatVector point = ZERO.broadcast(POINTS[i - 1]);
                FloatVector square = point.mul(point);
                int odd = from + ROW;
                int even = from + 2 * ROW;
                x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, even)).fma(square, x0);
                x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, even + L)).fma(square, x1);
                x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, even + 2 * L)).fma(square, x2);
                x0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, odd)).fma(point, x0);
                x1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, odd + L)).fma(point, x1);
                x2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, odd + 2 * L)).fma(point, x2);
            }
            int pair = i * side;
            int at = to + pair * apart;
            x0.mul(points.factor(pair)).intoArray(y, at);
            FloatVector even1 = x0.add(x2);
            even1.add(x1).mul(points.factor(pair + 1)).intoArray(y, at + apart);
            even1.sub(x1).mul(points.factor(pair + 2)).intoArray(y, at + 2 * apart);
            FloatVector even2 = x2.fma(four, x0);
            x1.fma(two, even2).mul(points.factor(pair + 3)).intoArray(y, at + 3 * apart);
            x1.fma(minusTwo, even2).mul(points.factor(pair + 4)).intoArray(y, at + 4 * apart);
            int end = at + (side - 1) * apart;
            x2.mul(points.factor(pair + side - 1)).intoArray(y, end);
            if (points == WinogradPoints.EIGHT) {
                FloatVector even3 = x2.fma(quarter, x0);
                x1.fma(half, even3).mul(points.factor(pair + 5)).intoArray(y, at + 5 * apart);
                x1.fma(minusHalf, even3).mul(points.factor(pair + 6)).intoArray(y, at + 6 * apart);
            }
        }
    }
}
