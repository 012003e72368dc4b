package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.lanewise.engine.Matrix;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax and its kin over rows too short for a vector, such as ten classes: each lane takes a row.
 *
 * <p>As many rows as there are lanes are copied into a square, column by column, so that whatever
 * is done to an element of a row is done to those of all rows at once. A short row's sum is in
 * plain ascending order, so the lanes keep it. One object serves one thread.
 */
final class ShortRows {

    /** Rows of this length or more are summed in strides, see {@code Kernels}. */
    static final int LIMIT = 16;

    /** Fewer rows are sooner done one by one. */
    static final int MIN_ROWS = 4;

    /** Element j of row r is at j * COUNT + r. */
    private final float[] square = new float[LIMIT * COUNT];

    private final float[] max = new float[COUNT];
    private final float[] log = new float[COUNT];

    void softmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i += COUNT) {
            int rows = Math.min(COUNT, to - i);
            normalize(x, i, rows, false);
            store(y, i, rows);
        }
    }

    void logSoftmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i += COUNT) {
            int rows = Math.min(COUNT, to - i);
            normalize(x, i, rows, true);
            store(y, i, rows);
        }
    }

    void crossEntropy(
            Matrix logits,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dLogits,
            int from,
            int to) {
        for (int i = from; i < to; i += COUNT) {
            int rows = Math.min(COUNT, to - i);
            normalize(logits, i, rows, false);
            for (int r = 0; r < rows; r++) {
                float logit = logits.data()[start(logits, i + r) + labels[i + r]];
                losses.data()[losses.offset() + i + r] = log[r] - (logit - max[r]);
            }
            if (dLogits != null) {
                for (int r = 0; r < rows; r++) {
                    square[labels[i + r] * COUNT + r] -= 1f;
                }
                scale(scale, logits.cols());
                store(dLogits, i, rows);
            }
        }
    }

    private void store(Matrix y, int i, int rows) {
        int n = y.cols();
        for (int r = 0; r < rows; r++) {
            int row = start(y, i + r);
            for (int j = 0; j < n; j++) {
                y.data()[row + j] = square[j * COUNT + r];
            }
        }
    }

    /**
     * Copies rows into the lanes (lanes to spare take the last row again) and replaces them by
     * their softmax, or its logarithm; keeps maximum and logarithm of the sum.
     *
     * <p>One method, with all its steps: so it is too big for C2 to inline, and exp and log, which
     * must be inlined, never meet the limit on how much is inlined into one caller.
     */
    private void normalize(Matrix x, int i, int rows, boolean logarithm) {
        int n = x.cols();
        float[] data = x.data();
        for (int r = 0; r < COUNT; r++) {
            int row = start(x, i + Math.min(r, rows - 1));
            for (int j = 0; j < n; j++) {
                square[j * COUNT + r] = data[row + j];
            }
        }
        FloatVector m = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < n; j++) {
            FloatVector v = fromArray(FLOATS, square, j * COUNT);
            m = m.blend(v, v.compare(GT, m));
        }
        m = m.add(0f);
        m.intoArray(max, 0);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int j = 0; j < n; j++) {
            FloatVector e = SimdMath.exp(fromArray(FLOATS, square, j * COUNT).sub(m));
            if (!logarithm) {
                e.intoArray(square, j * COUNT);
            }
            sum = sum.add(e);
        }
        // The largest element adds 1, so the sum lies between 1 and n, or is NaN.
        FloatVector l = sum.blend(SimdMath.log(sum), sum.compare(EQ, sum));
        l.intoArray(log, 0);
        FloatVector inverse = broadcast(FLOATS, 1f).div(sum);
        for (int j = 0; j < n; j++) {
            FloatVector v = fromArray(FLOATS, square, j * COUNT);
            if (logarithm) {
                v.sub(m).sub(l).intoArray(square, j * COUNT);
            } else {
                v.mul(inverse).intoArray(square, j * COUNT);
            }
        }
    }

    private void scale(float factor, int n) {
        for (int j = 0; j < n; j++) {
            fromArray(FLOATS, square, j * COUNT).mul(factor).intoArray(square, j * COUNT);
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
