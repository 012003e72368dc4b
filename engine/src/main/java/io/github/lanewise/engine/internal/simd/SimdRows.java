package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.RowKernels;
import io.github.lanewise.engine.internal.scalar.ScalarMath;

import jdk.incubator.vector.FloatVector;

/** Loops over rows and columns; what happens along one row is {@link SimdRow}'s. */
public final class SimdRows implements RowKernels {

    @Override
    public void addRow(Matrix row, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) {
            SimdRow.add(row.data(), row.offset(), y.data(), start(y, i), y.cols());
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
        if (j < to) {
            sumTail(x, beta, sums, j, to - j);
        }
    }

    private static void sumFourVectors(Matrix x, float beta, Matrix sums, int j) {
        float[] a = x.data();
        float[] s = sums.data();
        int first = sums.offset() + j;
        FloatVector s0 = beta == 0 ? FloatVector.zero(FLOATS) : load(s, first);
        FloatVector s1 = beta == 0 ? FloatVector.zero(FLOATS) : load(s, first + COUNT);
        FloatVector s2 = beta == 0 ? FloatVector.zero(FLOATS) : load(s, first + 2 * COUNT);
        FloatVector s3 = beta == 0 ? FloatVector.zero(FLOATS) : load(s, first + 3 * COUNT);
        int at = x.offset() + j;
        int ld = x.ld();
        int rows = x.rows();
        for (int i = 0; i < rows; i++, at += ld) {
            s0 = s0.add(load(a, at));
            s1 = s1.add(load(a, at + COUNT));
            s2 = s2.add(load(a, at + 2 * COUNT));
            s3 = s3.add(load(a, at + 3 * COUNT));
        }
        s0.intoArray(s, first);
        s1.intoArray(s, first + COUNT);
        s2.intoArray(s, first + 2 * COUNT);
        s3.intoArray(s, first + 3 * COUNT);
    }

    private static void sumOneVector(Matrix x, float beta, Matrix sums, int j) {
        float[] a = x.data();
        int first = sums.offset() + j;
        FloatVector sum = beta == 0 ? FloatVector.zero(FLOATS) : load(sums.data(), first);
        int at = x.offset() + j;
        int ld = x.ld();
        int rows = x.rows();
        for (int i = 0; i < rows; i++, at += ld) {
            sum = sum.add(load(a, at));
        }
        sum.intoArray(sums.data(), first);
    }

    private static void sumTail(Matrix x, float beta, Matrix sums, int j, int n) {
        float[] a = x.data();
        int first = sums.offset() + j;
        FloatVector sum =
                beta == 0 ? FloatVector.zero(FLOATS) : Tails.load(sums.data(), first, n, 0f);
        int at = x.offset() + j;
        int ld = x.ld();
        int rows = x.rows();
        for (int i = 0; i < rows; i++, at += ld) {
            sum = sum.add(Tails.load(a, at, n, 0f));
        }
        Tails.store(sum, sums.data(), first, n);
    }

    @Override
    public void softmax(Matrix x, Matrix y, int from, int to) {
        int n = y.cols();
        for (int i = from; i < to; i++) {
            if (n > 0 && n <= COUNT) {
                ShortRow.softmax(x.data(), start(x, i), y.data(), start(y, i), n);
            } else {
                float max = SimdRow.max(x.data(), start(x, i), n);
                float sum =
                        StridedSums.exponentials(
                                x.data(), start(x, i), y.data(), start(y, i), n, max);
                SimdRow.scale(1f / sum, 1f, y.data(), start(y, i), n);
            }
        }
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y, int from, int to) {
        int n = y.cols();
        for (int i = from; i < to; i++) {
            float max = SimdRow.max(x.data(), start(x, i), n);
            float sum = StridedSums.exponentials(x.data(), start(x, i), null, 0, n, max);
            float log = ScalarMath.log(sum);
            SimdRow.subtract(max, log, x.data(), start(x, i), y.data(), start(y, i), n);
        }
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        int n = y.cols();
        for (int i = from; i < to; i++) {
            float s = StridedSums.dot(dy.data(), start(dy, i), y.data(), start(y, i), n);
            SimdRow.softmaxGradient(
                    s, y.data(), start(y, i), dy.data(), start(dy, i), dx.data(), start(dx, i), n);
        }
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        int n = y.cols();
        for (int i = from; i < to; i++) {
            float s = StridedSums.sum(dy.data(), start(dy, i), n);
            SimdRow.logSoftmaxGradient(
                    s, y.data(), start(y, i), dy.data(), start(dy, i), dx.data(), start(dx, i), n);
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
        for (int i = from; i < to; i++) {
            float[] x = logits.data();
            int xRow = start(logits, i);
            float labelled = x[xRow + labels[i]];
            float[] dx = dLogits == null ? null : dLogits.data();
            int dxRow = dLogits == null ? 0 : start(dLogits, i);
            int n = logits.cols();
            float max = SimdRow.max(x, xRow, n);
            float sum = StridedSums.exponentials(x, xRow, dx, dxRow, n, max);
            losses.data()[losses.offset() + i] = ScalarMath.log(sum) - (labelled - max);
            if (dx != null) {
                float inverse = 1f / sum;
                float softmax = dx[dxRow + labels[i]] * inverse;
                SimdRow.scale(inverse, scale, dx, dxRow, n);
                dx[dxRow + labels[i]] = scale * (softmax - 1f);
            }
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

    private static FloatVector load(float[] x, int offset) {
        return FloatVector.fromArray(FLOATS, x, offset);
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
