package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.RowKernels;
import io.github.lanewise.engine.internal.scalar.ScalarMath;
import io.github.lanewise.engine.internal.scalar.ScalarRows;

import jdk.incubator.vector.FloatVector;

/**
 * Whole vectors along a row, then its tail element by element: masks would serve AVX-512 alone (on
 * NEON the Vector API's stand-in for a masked store allocates), and tails are short.
 */
public final class SimdRows implements RowKernels {

    private final ThreadLocal<ShortRows> shortRows = ThreadLocal.withInitial(ShortRows::new);

    private static boolean areShort(int cols, int from, int to) {
        return cols < ShortRows.LIMIT && to - from >= ShortRows.MIN_ROWS;
    }

    private final ScalarRows tail = new ScalarRows();

    @Override
    public void addRow(Matrix row, Matrix y, int from, int to) {
        float[] r = row.data();
        float[] v = y.data();
        int rowStart = row.offset();
        int n = y.cols();
        int done = FLOATS.loopBound(n);
        for (int i = from; i < to; i++) {
            int at = start(y, i);
            for (int j = 0; j < done; j += COUNT) {
                fromArray(FLOATS, v, at + j)
                        .add(fromArray(FLOATS, r, rowStart + j))
                        .intoArray(v, at + j);
            }
            for (int j = done; j < n; j++) {
                v[at + j] += r[rowStart + j];
            }
        }
    }

    @Override
    public void columnSums(Matrix x, float beta, Matrix sums, int from, int to) {
        int j = from;
        for (; j <= to - 4 * COUNT; j += 4 * COUNT) {
            sumFourVectors(x, beta, sums, j);
        }
        for (; j <= to - COUNT; j += COUNT) {
            sumOneVector(x, beta, sums, j);
        }
        tail.columnSums(x, beta, sums, j, to);
    }

    private static void sumFourVectors(Matrix x, float beta, Matrix sums, int j) {
        float[] a = x.data();
        float[] s = sums.data();
        int first = sums.offset() + j;
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        if (beta != 0) {
            s0 = fromArray(FLOATS, s, first);
            s1 = fromArray(FLOATS, s, first + COUNT);
            s2 = fromArray(FLOATS, s, first + 2 * COUNT);
            s3 = fromArray(FLOATS, s, first + 3 * COUNT);
        }
        int ld = x.ld();
        int rows = x.rows();
        for (int i = 0, at = x.offset() + j; i < rows; i++, at += ld) {
            s0 = s0.add(fromArray(FLOATS, a, at));
            s1 = s1.add(fromArray(FLOATS, a, at + COUNT));
            s2 = s2.add(fromArray(FLOATS, a, at + 2 * COUNT));
            s3 = s3.add(fromArray(FLOATS, a, at + 3 * COUNT));
        }
        s0.intoArray(s, first);
        s1.intoArray(s, first + COUNT);
        s2.intoArray(s, first + 2 * COUNT);
        s3.intoArray(s, first + 3 * COUNT);
    }

    private static void sumOneVector(Matrix x, float beta, Matrix sums, int j) {
        float[] a = x.data();
        float[] s = sums.data();
        int first = sums.offset() + j;
        FloatVector sum = FloatVector.zero(FLOATS);
        if (beta != 0) {
            sum = fromArray(FLOATS, s, first);
        }
        int ld = x.ld();
        int rows = x.rows();
        for (int i = 0, at = x.offset() + j; i < rows; i++, at += ld) {
            sum = sum.add(fromArray(FLOATS, a, at));
        }
        sum.intoArray(s, first);
    }

    @Override
    public void softmax(Matrix x, Matrix y, int from, int to) {
        if (areShort(x.cols(), from, to)) {
            shortRows.get().softmax(x, y, from, to);
            return;
        }
        float[] e = y.data();
        int n = y.cols();
        for (int i = from; i < to; i++) {
            int row = start(y, i);
            float max = max(x.data(), start(x, i), n);
            float sum = StridedSums.exponentials(x.data(), start(x, i), e, row, n, max);
            scale(1f / sum, 1f, e, row, n);
        }
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y, int from, int to) {
        if (areShort(x.cols(), from, to)) {
            shortRows.get().logSoftmax(x, y, from, to);
            return;
        }
        float[] in = x.data();
        float[] out = y.data();
        int n = y.cols();
        int done = FLOATS.loopBound(n);
        for (int i = from; i < to; i++) {
            int xRow = start(x, i);
            int yRow = start(y, i);
            float max = max(in, xRow, n);
            float log = ScalarMath.log(StridedSums.exponentials(in, xRow, null, 0, n, max));
            for (int j = 0; j < done; j += COUNT) {
                fromArray(FLOATS, in, xRow + j).sub(max).sub(log).intoArray(out, yRow + j);
            }
            for (int j = done; j < n; j++) {
                out[yRow + j] = in[xRow + j] - max - log;
            }
        }
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
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
                FloatVector d = fromArray(FLOATS, dv, dyRow + j).sub(s);
                fromArray(FLOATS, v, yRow + j).mul(d).intoArray(du, dxRow + j);
            }
            for (int j = done; j < n; j++) {
                du[dxRow + j] = v[yRow + j] * (dv[dyRow + j] - s);
            }
        }
    }

    /**
     * Goes by single elements: the vector loop stood two calls above exp, and now and then C2 did
     * not inline it and made an object of every vector.
     */
    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] v = y.data();
        float[] dv = dy.data();
        float[] du = dx.data();
        int n = y.cols();
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            float s = StridedSums.sum(dv, dyRow, n);
            for (int j = 0; j < n; j++) {
                du[dxRow + j] = Math.fma(-ScalarMath.exp(v[yRow + j]), s, dv[dyRow + j]);
            }
        }
    }

    @Override
    public void softmaxCrossEntropy(
            Matrix logits,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dLogits,
            int from,
            int to) {
        if (areShort(logits.cols(), from, to)) {
            shortRows.get().crossEntropy(logits, labels, scale, losses, dLogits, from, to);
            return;
        }
        float[] x = logits.data();
        float[] dx = dLogits == null ? null : dLogits.data();
        int n = logits.cols();
        for (int i = from; i < to; i++) {
            int xRow = start(logits, i);
            int dxRow = dx == null ? 0 : start(dLogits, i);
            float max = max(x, xRow, n);
            float labelled = x[xRow + labels[i]] - max;
            float sum = StridedSums.exponentials(x, xRow, dx, dxRow, n, max);
            losses.data()[losses.offset() + i] = ScalarMath.log(sum) - labelled;
            if (dx != null) {
                float softmax = dx[dxRow + labels[i]] * (1f / sum);
                scale(1f / sum, scale, dx, dxRow, n);
                dx[dxRow + labels[i]] = scale * (softmax - 1f);
            }
        }
    }

    /** Returns the row maximum; for a maximum the order is free. */
    private static float max(float[] x, int offset, int n) {
        FloatVector m0 = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        int j = 0;
        for (; j <= n - 2 * COUNT; j += 2 * COUNT) {
            FloatVector x0 = fromArray(FLOATS, x, offset + j);
            FloatVector x1 = fromArray(FLOATS, x, offset + j + COUNT);
            m0 = m0.blend(x0, x0.compare(GT, m0));
            m1 = m1.blend(x1, x1.compare(GT, m1));
        }
        float max = j == 0 ? Float.NEGATIVE_INFINITY : m0.max(m1).reduceLanes(MAX);
        for (; j < n; j++) {
            max = x[offset + j] > max ? x[offset + j] : max;
        }
        return max + 0f;
    }

    /** x = b * (a * x). */
    private static void scale(float a, float b, float[] x, int offset, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            fromArray(FLOATS, x, offset + j).mul(a).mul(b).intoArray(x, offset + j);
        }
        for (; j < n; j++) {
            x[offset + j] = b * (a * x[offset + j]);
        }
    }

    @Override
    public float sum(float[] x, int offset, int n) {
        return StridedSums.sum(x, offset, n);
    }

    @Override
    public float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return StridedSums.dot(x, xOffset, y, yOffset, n);
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
