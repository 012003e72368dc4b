package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Combination;

/** Two spans into one, a vector at a time. */
final class CombineLoops {

    private CombineLoops() {}

    /** Takes n elements, a multiple of the lanes and at least one vector. */
    static void combine(
            Combination how,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] z,
            int zOffset,
            int n) {
        switch (how) {
            case ADD -> add(x, xOffset, y, yOffset, z, zOffset, n);
            case SUBTRACT -> subtract(x, xOffset, y, yOffset, z, zOffset, n);
            case MULTIPLY -> multiply(x, xOffset, y, yOffset, z, zOffset, n);
        }
    }

    private static void add(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xOffset + j))
                    .add(fromArray(FLOATS, y, yOffset + j))
                    .intoArray(z, zOffset + j);
        }
    }

    private static void subtract(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xOffset + j))
                    .sub(fromArray(FLOATS, y, yOffset + j))
                    .intoArray(z, zOffset + j);
        }
    }

    private static void multiply(
            float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xOffset + j))
                    .mul(fromArray(FLOATS, y, yOffset + j))
                    .intoArray(z, zOffset + j);
        }
    }
}
