package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.RowKernels;
import io.github.lanewise.engine.internal.scalar.ScalarRows;

import jdk.incubator.vector.FloatVector;

/**
 * Whole vectors along a row, then its tail element by element: masks would serve AVX-512 alone (on
 * NEON the Vector API's stand-in for a masked store allocates), and tails are short.
 */
public final class SimdRows implements RowKernels {

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
            ShortRows.mine().softmax(x, y, from, to);
        } else {
            LongRows.softmax(x, y, from, to);
        }
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y, int from, int to) {
        if (areShort(x.cols(), from, to)) {
            ShortRows.mine().logSoftmax(x, y, from, to);
        } else {
            LongRows.logSoftmax(x, y, from, to);
        }
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        LongRows.softmaxGradient(y, dy, dx, from, to);
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        LongRows.logSoftmaxGradient(y, dy, dx, from, to);
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
            ShortRows.mine().crossEntropy(logits, labels, scale, losses, dLogits, from, to);
        } else {
            LongRows.crossEntropy(logits, labels, scale, losses, dLogits, from, to);
        }
    }

    private static boolean areShort(int cols, int from, int to) {
        return cols < ShortRows.LIMIT && to - from >= ShortRows.MIN_ROWS;
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
