package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * Rows of at most one vector, 0 &lt; n &lt;= COUNT, such as the ten classes of MNIST: all in
 * registers. The partial sums beyond the vector are 0 and need no folding.
 */
final class ShortRow {

    private ShortRow() {}

    /** y = softmax(x). */
    static void softmax(float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector v = load(x, xOffset, n);
        FloatVector e = SimdMath.exp(v.sub(Fold.max(v)));
        store(e.mul(1f / Fold.sum(e)), y, yOffset, n);
    }

    private static FloatVector load(float[] x, int offset, int n) {
        return n == COUNT
                ? FloatVector.fromArray(FLOATS, x, offset)
                : Tails.load(x, offset, n, Float.NEGATIVE_INFINITY);
    }

    private static void store(FloatVector v, float[] x, int offset, int n) {
        if (n == COUNT) {
            v.intoArray(x, offset);
        } else {
            Tails.store(v, x, offset, n);
        }
    }
}
