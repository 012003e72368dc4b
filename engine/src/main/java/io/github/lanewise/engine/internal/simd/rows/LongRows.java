package io.github.lanewise.engine.internal.simd.rows;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.scalar.ScalarMath;
import io.github.lanewise.engine.internal.simd.support.Scratch;
import io.github.lanewise.engine.internal.simd.support.SimdMath;
import io.github.lanewise.engine.internal.simd.support.StridedSums;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax, its logarithm, their gradients and cross-entropy, row by row: each step is a loop of its
 * own along the row, which the first brings into the L1 cache.
 */
final class LongRows {

    private LongRows() {}

    static void softmax(Matrix x, Matrix y, int from, int to) {
        float[] e = y.data();
        int n = y.cols();
        for (int i = from; i < to; i++) {
            int row = start(y, i);
            float max = max(x.data(), start(x, i), n);
            float shift = max == Float.NEGATIVE_INFINITY ? 0f : max;
            exponentials(x.data(), start(x, i), shift, e, row, n);
            float sum = StridedSums.sum(e, row, n);
            scale(sum == 0 ? 0f : 1f / sum, 1f, e, row, n);
        }
    }

    static void logSoftmax(Matrix x, Matrix y, int from, int to) {
        int n = y.cols();
        float[] e = Scratch.mine().row(n);
        for (int i = from; i < to; i++) {
            int xRow = start(x, i);
            float max = max(x.data(), xRow, n);
            exponentials(x.data(), xRow, max, e, 0, n);
            float log = ScalarMath.log(StridedSums.sum(e, 0, n));
            subtract(x.data(), xRow, max, log, y.data(), start(y, i), n);
        }
    }

    static void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] v = y.data();
        float[] dv = dy.data();
        float[] du = dx.data();
        int n = y.cols();
        int done = FLOATS.loopBound(n);
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            float s = StridedSums.dot(dv, dyRow, v, yRow, n);
            for (int j = 0; j < done; j += COUNT) {
                FloatVector d = FLOAT_VECTOR.cast(fromArray(FLOATS, dv, dyRow + j)).sub(s);
                FLOAT_VECTOR.cast(fromArray(FLOATS, v, yRow + j)).mul(d).intoArray(du, dxRow + j);
            }
            for (int j = done; j < n; j++) {
                du[dxRow + j] = v[yRow + j] * (dv[dyRow + j] - s);
            }
        }
    }

    static void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] dv = dy.data();
        float[] du = dx.data();
        int n = y.cols();
        int done = FLOATS.loopBound(n);
        float[] e = Scratch.mine().row(n);
        for (int i = from; i < to; i++) {
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            float s = StridedSums.sum(dv, dyRow, n);
            if (s == 0) {
                System.arraycopy(dv, dyRow, du, dxRow, n);
                continue;
            }
            exponentials(y.data(), start(y, i), 0f, e, 0, n);
            FloatVector minusSum = ZERO.broadcast(-s);
            for (int j = 0; j < done; j += COUNT) {
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, e, j))
                        .fma(minusSum, fromArray(FLOATS, dv, dyRow + j))
                        .intoArray(du, dxRow + j);
            }
            for (int j = done; j < n; j++) {
                du[dxRow + j] = Math.fma(-e[j], s, dv[dyRow + j]);
            }
        }
    }

    static void crossEntropy(
            Matrix logits,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dLogits,
            int from,
            int to) {
        float[] x = logits.data();
        int n = logits.cols();
        float[] e = dLogits == null ? Scratch.mine().row(n) : dLogits.data();
        for (int i = from; i < to; i++) {
            int xRow = start(logits, i);
            int row = dLogits == null ? 0 : start(dLogits, i);
            float max = max(x, xRow, n);
            float labelled = x[xRow + labels[i]] - max;
            exponentials(x, xRow, max, e, row, n);
            float sum = StridedSums.sum(e, row, n);
            losses.data()[losses.offset() + i] = ScalarMath.log(sum) - labelled;
            if (dLogits != null) {
                float softmax = e[row + labels[i]] * (1f / sum);
                scale(1f / sum, scale, e, row, n);
                e[row + labels[i]] = scale * (softmax - 1f);
            }
        }
    }

    /** Returns the row maximum; for a maximum the order is free. */
    private static float max(float[] x, int offset, int n) {
        FloatVector m0 = ZERO.broadcast(Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0, m2 = m0, m3 = m0;
        int j = 0;
        for (; j <= n - 4 * COUNT; j += 4 * COUNT) {
            FloatVector x0 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, offset + j));
            FloatVector x1 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, offset + j + COUNT));
            FloatVector x2 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, offset + j + 2 * COUNT));
            FloatVector x3 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, offset + j + 3 * COUNT));
            m0 = FLOAT_VECTOR.cast(m0).blend(x0, x0.compare(GT, m0));
            m1 = FLOAT_VECTOR.cast(m1).blend(x1, x1.compare(GT, m1));
            m2 = FLOAT_VECTOR.cast(m2).blend(x2, x2.compare(GT, m2));
            m3 = FLOAT_VECTOR.cast(m3).blend(x3, x3.compare(GT, m3));
        }
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector x0 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, offset + j));
            m0 = FLOAT_VECTOR.cast(m0).blend(x0, x0.compare(GT, m0));
        }
        FloatVector m01 = FLOAT_VECTOR.cast(m0).max(m1);
        FloatVector m23 = FLOAT_VECTOR.cast(m2).max(m3);
        float max = j == 0 ? Float.NEGATIVE_INFINITY : m01.max(m23).reduceLanes(MAX);
        for (; j < n; j++) {
            max = x[offset + j] > max ? x[offset + j] : max;
        }
        return max + 0f;
    }

    /** e = exp(x - shift). */
    private static void exponentials(float[] x, int xRow, float shift, float[] e, int row, int n) {
        int done = FLOATS.loopBound(n);
        SimdMath.exp(SimdMath.VALUE, 1f, x, xRow, shift, e, row, done);
        if (done < n) {
            // One vector more, of which the rest is left behind, takes as long as one number.
            float[] last = Scratch.mine().f;
            System.arraycopy(x, xRow + done, last, 0, n - done);
            SimdMath.exp(SimdMath.VALUE, 1f, last, 0, shift, last, 0, COUNT);
            System.arraycopy(last, 0, e, row + done, n - done);
        }
    }

    /** x = b * (a * x). */
    private static void scale(float a, float b, float[] x, int row, int n) {
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FLOAT_VECTOR.cast(fromArray(FLOATS, x, row + j)).mul(a).mul(b).intoArray(x, row + j);
        }
        for (int j = done; j < n; j++) {
            x[row + j] = b * (a * x[row + j]);
        }
    }

    /** y = x - a - b. */
    private static void subtract(
            float[] x, int xRow, float a, float b, float[] y, int yRow, int n) {
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FLOAT_VECTOR.cast(fromArray(FLOATS, x, xRow + j)).sub(a).sub(b).intoArray(y, yRow + j);
        }
        for (int j = done; j < n; j++) {
            y[yRow + j] = x[xRow + j] - a - b;
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
