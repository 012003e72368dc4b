package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Folds a vector in half until one lane is left: lane i takes in lane i + h, h = COUNT / 2, ..., 1.
 */
final class Fold {

    private static final VectorShuffle<Float> DOWN_8 = down(8);
    private static final VectorShuffle<Float> DOWN_4 = down(4);
    private static final VectorShuffle<Float> DOWN_2 = down(2);
    private static final VectorShuffle<Float> DOWN_1 = down(1);

    private Fold() {}

    private static VectorShuffle<Float> down(int h) {
        return VectorShuffle.fromOp(FLOATS, i -> (i + h) % COUNT);
    }

    /** Returns the sum of the lanes, with -0 turned into 0. */
    static float sum(FloatVector v) {
        if (COUNT > 8) {
            v = v.add(v.rearrange(DOWN_8));
        }
        if (COUNT > 4) {
            v = v.add(v.rearrange(DOWN_4));
        }
        v = v.add(v.rearrange(DOWN_2));
        v = v.add(v.rearrange(DOWN_1));
        return v.lane(0) + 0f;
    }

    /** Returns the largest lane, with -0 turned into 0; where lanes are NaN, any lane or NaN. */
    static float max(FloatVector v) {
        if (COUNT > 8) {
            v = larger(v, v.rearrange(DOWN_8));
        }
        if (COUNT > 4) {
            v = larger(v, v.rearrange(DOWN_4));
        }
        v = larger(v, v.rearrange(DOWN_2));
        v = larger(v, v.rearrange(DOWN_1));
        return v.lane(0) + 0f;
    }

    /** Returns the larger of each lane; where x is NaN, max. */
    static FloatVector larger(FloatVector max, FloatVector x) {
        return max.blend(x, x.compare(GT, max));
    }
}
