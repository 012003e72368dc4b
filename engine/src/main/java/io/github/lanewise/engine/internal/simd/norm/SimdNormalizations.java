package io.github.lanewise.engine.internal.simd.norm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.NormalizationKernels;
import io.github.lanewise.engine.internal.scalar.ScalarNormalizations;
import io.github.lanewise.engine.internal.simd.support.StridedSums;

import jdk.incubator.vector.FloatVector;

import java.util.Arrays;

/**
 * Whole vectors along a row, then its tail element by element, as in {@link
 * io.github.lanewise.engine.internal.simd.rows.SimdRows}.
 */
public final class SimdNormalizations implements NormalizationKernels {

    private final ScalarNormalizations tail = new ScalarNormalizations();

    @Override
    public void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y,
            int from,
            int to) {
        int n = x.cols();
        float[] v = normalized.data();
        for (int i = from; i < to; i++) {
            int xRow = start(x, i);
            int row = start(normalized, i);
            float mean = norm.centered() ? mean(x.data(), xRow, n) : 0f;
            subtract(x.data(), xRow, mean, v, row, n);
            float sum = norm.centered() ? StridedSums.sum(v, row, n) : 0f;
            float square = ScalarNormalizations.square(sum, StridedSums.dot(v, row, v, row, n), n);
            float scale = ScalarNormalizations.scale(norm, square, n);
            scales.data()[scales.offset() + i] = scale;
            float offset = norm.centered() ? ScalarNormalizations.offset(sum, scale, n) : -0f;
            if (weight == null) {
                scale(v, row, scale, offset, n);
                if (y.data() != v || start(y, i) != row) {
                    System.arraycopy(v, row, y.data(), start(y, i), n);
                }
            } else if (bias == null) {
                stretch(v, row, scale, offset, weight, i, y, n);
            } else {
                stretchAndShift(v, row, scale, offset, weight, bias, i, y, n);
            }
        }
    }

    private static float mean(float[] x, int at, int n) {
        float first = n == 0 ? 0f : x[at];
        return first + CenteredSums.of(x, at, first, n) / n;
    }

    private static void subtract(float[] x, int xRow, float mean, float[] y, int yRow, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FLOAT_VECTOR.cast(fromArray(FLOATS, x, xRow + j)).sub(mean).intoArray(y, yRow + j);
        }
        for (; j < n; j++) {
            y[yRow + j] = x[xRow + j] - mean;
        }
    }

    /** v = fma(v, scale, offset). */
    private static void scale(float[] v, int row, float scale, float offset, int n) {
        FloatVector scales = ZERO.broadcast(scale);
        FloatVector offsets = ZERO.broadcast(offset);
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, v, row + j))
                    .fma(scales, offsets)
                    .intoArray(v, row + j);
        }
        for (; j < n; j++) {
            v[row + j] = Math.fma(v[row + j], scale, offset);
        }
    }

    private static void stretch(
            float[] v, int row, float scale, float offset, Matrix weight, int i, Matrix y, int n) {
        FloatVector scales = ZERO.broadcast(scale);
        FloatVector offsets = ZERO.broadcast(offset);
        float[] w = weight.data();
        int wRow = start(weight, i % weight.rows());
        int yRow = start(y, i);
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector value =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, v, row + j)).fma(scales, offsets);
            value.intoArray(v, row + j);
            value.mul(fromArray(FLOATS, w, wRow + j)).intoArray(y.data(), yRow + j);
        }
        for (; j < n; j++) {
            float value = Math.fma(v[row + j], scale, offset);
            v[row + j] = value;
            y.data()[yRow + j] = value * w[wRow + j];
        }
    }

    private static void stretchAndShift(
            float[] v,
            int row,
            float scale,
            float offset,
            Matrix weight,
            Matrix bias,
            int i,
            Matrix y,
            int n) {
        FloatVector scales = ZERO.broadcast(scale);
        FloatVector offsets = ZERO.broadcast(offset);
        float[] w = weight.data();
        float[] b = bias.data();
        int wRow = start(weight, i % weight.rows());
        int bRow = start(bias, i % bias.rows());
        int yRow = start(y, i);
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector value =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, v, row + j)).fma(scales, offsets);
            value.intoArray(v, row + j);
            value.fma(fromArray(FLOATS, w, wRow + j), fromArray(FLOATS, b, bRow + j))
                    .intoArray(y.data(), yRow + j);
        }
        for (; j < n; j++) {
            float value = Math.fma(v[row + j], scale, offset);
            v[row + j] = value;
            y.data()[yRow + j] = Math.fma(value, w[wRow + j], b[bRow + j]);
        }
    }

    @Override
    public void normalizeGradient(
            RowNorm norm,
            Matrix normalized,
            Matrix scales,
            Matrix weight,
            Matrix dy,
            Matrix dx,
            int from,
            int to) {
        int n = dy.cols();
        float[] v = normalized.data();
        float[] g = dx.data();
        for (int i = from; i < to; i++) {
            int row = start(normalized, i);
            int dxRow = start(dx, i);
            if (weight != null) {
                int weightRow = start(weight, i % weight.rows());
                multiply(dy.data(), start(dy, i), weight.data(), weightRow, g, dxRow, n);
            } else if (dy.data() != g || start(dy, i) != dxRow) {
                System.arraycopy(dy.data(), start(dy, i), g, dxRow, n);
            }
            float a = norm.centered() ? StridedSums.sum(g, dxRow, n) / n : 0f;
            float b = StridedSums.dot(g, dxRow, v, row, n) / n;
            project(g, dxRow, v, row, a, -b, scales.data()[scales.offset() + i], n);
        }
    }

    private static void multiply(
            float[] x, int xRow, float[] w, int wRow, float[] y, int yRow, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, x, xRow + j))
                    .mul(fromArray(FLOATS, w, wRow + j))
                    .intoArray(y, yRow + j);
        }
        for (; j < n; j++) {
            y[yRow + j] = x[xRow + j] * w[wRow + j];
        }
    }

    /** g = fma(b, v, g - a) * scale. */
    private static void project(
            float[] g, int gRow, float[] v, int row, float a, float b, float scale, int n) {
        FloatVector factor = ZERO.broadcast(b);
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector rest = FLOAT_VECTOR.cast(fromArray(FLOATS, g, gRow + j)).sub(a);
            factor.fma(fromArray(FLOATS, v, row + j), rest).mul(scale).intoArray(g, gRow + j);
        }
        for (; j < n; j++) {
            g[gRow + j] = Math.fma(b, v[row + j], g[gRow + j] - a) * scale;
        }
    }

    @Override
    public void columnDots(Matrix x, Matrix y, float beta, Matrix sums, int from, int to) {
        int done = from + FLOATS.loopBound(to - from);
        int first = sums.offset() + from;
        if (beta == 0) {
            Arrays.fill(sums.data(), first, sums.offset() + done, 0f);
        }
        int i = 0;
        for (; i <= x.rows() - 4; i += 4) {
            addFourRows(x, start(x, i) + from, y, start(y, i) + from, sums, first, done - from);
        }
        for (; i < x.rows(); i++) {
            addRow(x, start(x, i) + from, y, start(y, i) + from, sums, first, done - from);
        }
        tail.columnDots(x, y, beta, sums, done, to);
    }

    /**
     * Goes along rows, as the sums of columns in {@link
     * io.github.lanewise.engine.internal.simd.rows.SimdRows} do.
     */
    private static void addFourRows(
            Matrix x, int xRow, Matrix y, int yRow, Matrix sums, int at, int n) {
        float[] a = x.data();
        float[] b = y.data();
        float[] s = sums.data();
        int lda = x.ld();
        int ldb = y.ld();
        for (int j = 0; j < n; j += COUNT) {
            int p = xRow + j;
            int q = yRow + j;
            FloatVector sum = FLOAT_VECTOR.cast(fromArray(FLOATS, s, at + j));
            sum = FLOAT_VECTOR.cast(fromArray(FLOATS, a, p)).fma(fromArray(FLOATS, b, q), sum);
            sum =
                    FLOAT_VECTOR
                            .cast(fromArray(FLOATS, a, p + lda))
                            .fma(fromArray(FLOATS, b, q + ldb), sum);
            sum =
                    FLOAT_VECTOR
                            .cast(fromArray(FLOATS, a, p + 2 * lda))
                            .fma(fromArray(FLOATS, b, q + 2 * ldb), sum);
            sum =
                    FLOAT_VECTOR
                            .cast(fromArray(FLOATS, a, p + 3 * lda))
                            .fma(fromArray(FLOATS, b, q + 3 * ldb), sum);
            sum.intoArray(s, at + j);
        }
    }

    private static void addRow(Matrix x, int xRow, Matrix y, int yRow, Matrix sums, int at, int n) {
        float[] a = x.data();
        float[] b = y.data();
        float[] s = sums.data();
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, a, xRow + j))
                    .fma(fromArray(FLOATS, b, yRow + j), fromArray(FLOATS, s, at + j))
                    .intoArray(s, at + j);
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
