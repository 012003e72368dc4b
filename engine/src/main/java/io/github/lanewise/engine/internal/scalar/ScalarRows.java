package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.RowKernels;

/** Plain loops over rows; the sums along a row are {@link StridedSum}'s. */
public final class ScalarRows implements RowKernels {

    @Override
    public void addRow(Matrix row, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            for (int j = 0; j < y.cols(); j++) {
                y.data()[yRow + j] += row.data()[row.offset() + j];
            }
        }
    }

    @Override
    public void columnSums(
            Matrix x, int fromRow, int toRow, float beta, Matrix sums, int from, int to) {
        float[] s = sums.data();
        for (int j = from; j < to; j++) {
            s[sums.offset() + j] = beta == 0 ? 0f : s[sums.offset() + j];
        }
        for (int i = fromRow; i < toRow; i++) {
            int xRow = start(x, i);
            for (int j = from; j < to; j++) {
                s[sums.offset() + j] += x.data()[xRow + j];
            }
        }
    }

    @Override
    public void softmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            float max = max(x.data(), start(x, i), x.cols());
            float shift = max == Float.NEGATIVE_INFINITY ? 0f : max;
            float sum = exponentials(x, y, i, shift);
            float inverse = sum == 0 ? 0f : 1f / sum;
            for (int j = 0; j < y.cols(); j++) {
                y.data()[yRow + j] *= inverse;
            }
        }
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i++) {
            int xRow = start(x, i);
            int yRow = start(y, i);
            float max = max(x.data(), xRow, x.cols());
            float log = ScalarMath.log(StridedSum.exp(x.data(), xRow, x.cols(), max));
            for (int j = 0; j < y.cols(); j++) {
                y.data()[yRow + j] = x.data()[xRow + j] - max - log;
            }
        }
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            float s = StridedSum.dot(dy.data(), dyRow, y.data(), yRow, y.cols());
            for (int j = 0; j < y.cols(); j++) {
                dx.data()[dxRow + j] = y.data()[yRow + j] * (dy.data()[dyRow + j] - s);
            }
        }
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        for (int i = from; i < to; i++) {
            int yRow = start(y, i);
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            float s = StridedSum.sum(dy.data(), dyRow, dy.cols());
            for (int j = 0; j < y.cols(); j++) {
                float e = ScalarMath.exp(y.data()[yRow + j]);
                float d = dy.data()[dyRow + j];
                dx.data()[dxRow + j] = s == 0 ? d : Fma.fma(-e, s, d);
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
        for (int i = from; i < to; i++) {
            int xRow = start(logits, i);
            float max = max(logits.data(), xRow, logits.cols());
            float labelled = logits.data()[xRow + labels[i]] - max;
            float sum =
                    dLogits == null
                            ? StridedSum.exp(logits.data(), xRow, logits.cols(), max)
                            : exponentials(logits, dLogits, i, max);
            losses.data()[losses.offset() + i] = ScalarMath.log(sum) - labelled;
            if (dLogits != null) {
                crossEntropyGradient(dLogits, i, labels[i], 1f / sum, scale);
            }
        }
    }

    private static void crossEntropyGradient(
            Matrix dLogits, int i, int label, float inverse, float scale) {
        float[] dx = dLogits.data();
        int dxRow = start(dLogits, i);
        for (int j = 0; j < dLogits.cols(); j++) {
            float softmax = dx[dxRow + j] * inverse;
            dx[dxRow + j] = scale * (j == label ? softmax - 1f : softmax);
        }
    }

    @Override
    public double sum(float[] x, int offset, int n) {
        return WideSum.sum(x, offset, n);
    }

    @Override
    public double dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return WideSum.dot(x, xOffset, y, yOffset, n);
    }

    @Override
    public double weightedSum(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return WideSum.weighted(x, xOffset, y, yOffset, n);
    }

    /** Writes y[j] = exp(x[j] - max) along row i and returns their strided sum. */
    private static float exponentials(Matrix x, Matrix y, int i, float max) {
        int xRow = start(x, i);
        int yRow = start(y, i);
        for (int j = 0; j < y.cols(); j++) {
            y.data()[yRow + j] = ScalarMath.exp(x.data()[xRow + j] - max);
        }
        return StridedSum.sum(y.data(), yRow, y.cols());
    }

    /** Returns the largest element that is not NaN; adding 0 makes the order of 0 and -0 moot. */
    private static float max(float[] x, int offset, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = x[offset + j] > max ? x[offset + j] : max;
        }
        return max + 0f;
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
