package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;

import io.github.lanewise.engine.internal.Magnitudes;
import io.github.lanewise.engine.internal.scalar.ScalarMagnitudes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import java.util.Arrays;

/**
 * Magnitudes along the positions of a channel, four channels at a time. The last vector of a row of
 * positions begins so early that it ends with them; of a maximum it does not matter.
 */
final class SimdMagnitudes {

    private SimdMagnitudes() {}

    static void of(float[] x, int at, int channels, int n, int[] largest) {
        if (n < COUNT) {
            ScalarMagnitudes.of(x, at, channels, n, largest);
            return;
        }
        Arrays.fill(largest, 0, n, 0);
        int c = 0;
        for (; c <= channels - 4; c += 4) {
            four(x, at + c * n, n, largest);
        }
        for (; c < channels; c++) {
            one(x, at + c * n, n, largest);
        }
        range(n, largest);
    }

    private static void four(float[] x, int at, int n, int[] largest) {
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT);
            IntVector a =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR
                                    .cast(FloatVector.fromArray(FLOATS, x, at + j))
                                    .reinterpretAsInts());
            IntVector b =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR
                                    .cast(FloatVector.fromArray(FLOATS, x, at + j + n))
                                    .reinterpretAsInts());
            IntVector c =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR
                                    .cast(FloatVector.fromArray(FLOATS, x, at + j + 2 * n))
                                    .reinterpretAsInts());
            IntVector d =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR
                                    .cast(FloatVector.fromArray(FLOATS, x, at + j + 3 * n))
                                    .reinterpretAsInts());
            IntVector ab = a.and(Magnitudes.MASK).max(b.and(Magnitudes.MASK));
            IntVector cd = c.and(Magnitudes.MASK).max(d.and(Magnitudes.MASK));
            INT_VECTOR
                    .cast(IntVector.fromArray(INTS, largest, j))
                    .max(ab.max(cd))
                    .intoArray(largest, j);
        }
    }

    private static void one(float[] x, int at, int n, int[] largest) {
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT);
            IntVector a =
                    INT_VECTOR.cast(
                            FLOAT_VECTOR
                                    .cast(FloatVector.fromArray(FLOATS, x, at + j))
                                    .reinterpretAsInts());
            IntVector before = INT_VECTOR.cast(IntVector.fromArray(INTS, largest, j));
            before.max(a.and(Magnitudes.MASK)).intoArray(largest, j);
        }
    }

    /** Sets the largest and the smallest. */
    private static void range(int n, int[] largest) {
        IntVector most = IntVector.broadcast(INTS, 0);
        IntVector least = IntVector.broadcast(INTS, Magnitudes.MASK);
        for (int next = 0; next < n; next += COUNT) {
            IntVector m =
                    INT_VECTOR.cast(IntVector.fromArray(INTS, largest, Math.min(next, n - COUNT)));
            most = m.max(most);
            least = m.sub(1).and(Magnitudes.MASK).min(least);
        }
        IntVector first = INT_VECTOR.cast(IntVector.fromArray(INTS, largest, 0));
        largest[n] = INT_VECTOR.cast(first.max(most)).reduceLanes(VectorOperators.MAX);
        IntVector mask = INT_VECTOR.cast(IntVector.broadcast(INTS, Magnitudes.MASK));
        int smallest = INT_VECTOR.cast(mask.min(least)).reduceLanes(VectorOperators.MIN) + 1;
        largest[n + 1] = largest[n] == 0 ? 0 : smallest;
    }
}
