package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.ScalarDropout.MIX_1;
import static io.github.lanewise.engine.internal.scalar.ScalarDropout.MIX_2;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.lanewise.engine.internal.scalar.ScalarDropout;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.IntStream;

/** {@link ScalarDropout} on every lane. */
final class SimdDropout {

    private static final int[] LANE = IntStream.range(0, COUNT).toArray();

    private SimdDropout() {}

    /** Drops from n elements, a multiple of the lanes and not 0. */
    static void apply(
            long key, float p, int first, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int threshold = ScalarDropout.threshold(p);
        float scale = ScalarDropout.scale(p);
        int high = (int) (key >>> 32);
        int low = first + (int) key;
        for (int j = 0; j < n; j += COUNT) {
            IntVector h = INT_VECTOR.cast(IntVector.fromArray(INTS, LANE, 0)).add(low + j);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_1);
            h = h.lanewise(XOR, h.lanewise(LSHR, 13)).mul(MIX_2);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).lanewise(XOR, high);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_1);
            h = h.lanewise(XOR, h.lanewise(LSHR, 13)).mul(MIX_2);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).lanewise(LSHR, 8);
            VectorMask<Float> dropped = h.compare(LT, threshold).cast(FLOATS);
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xOffset + j))
                    .mul(scale)
                    .blend(0f, dropped)
                    .intoArray(y, yOffset + j);
        }
    }
}
