package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loads and stores of the first n lanes, 0 &lt; n &lt; {@link Lanes#COUNT}, for the end of a row.
 *
 * <p>Vectors of 128 bits go lane by lane: ARM's NEON has no masked memory operations, and the
 * Vector API's stand-in for them allocates.
 */
final class Tails {

    private static final FloatVector LANE_NUMBERS = FloatVector.zero(FLOATS).addIndex(1);

    private Tails() {}

    /** Returns a[offset], ..., a[offset + n - 1] and then {@code fill}. */
    static FloatVector load(float[] a, int offset, int n, float fill) {
        FloatVector filled = FloatVector.broadcast(FLOATS, fill);
        if (COUNT > 4) {
            VectorMask<Float> mask = first(n);
            return filled.blend(FloatVector.fromArray(FLOATS, a, offset, mask), mask);
        }
        filled = filled.withLane(0, a[offset]);
        filled = n > 1 ? filled.withLane(1, a[offset + 1]) : filled;
        return n > 2 ? filled.withLane(2, a[offset + 2]) : filled;
    }

    static void store(FloatVector v, float[] a, int offset, int n) {
        if (COUNT > 4) {
            v.intoArray(a, offset, first(n));
            return;
        }
        a[offset] = v.lane(0);
        if (n > 1) {
            a[offset + 1] = v.lane(1);
        }
        if (n > 2) {
            a[offset + 2] = v.lane(2);
        }
    }

    private static VectorMask<Float> first(int n) {
        return LANE_NUMBERS.compare(LT, (float) n);
    }
}
