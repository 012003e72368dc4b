package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.NormalizationKernels;

/** Plain loops over rows; the sums along a row are {@link StridedSum}'s. */
public final class ScalarNormalizations implements NormalizationKernels {

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
        for (int i = from; i < to; i++) {
            int xRow = start(x, i);
            int row = start(normalized, i);
            float[] v = normalized.data();
            float mean = norm.centered() ? mean(x.data(), xRow, n) : 0f;
            for (int j = 0; j < n; j++) {
                v[row + j] = x.data()[xRow + j] - mean;
            }
            float sum = norm.centered() ? StridedSum.sum(v, row, n) : 0f;
            float square = square(sum, StridedSum.dot(v, row, v, row, n), n);
            float scale = scale(norm, square, n);
            scales.data()[scales.offset() + i] = scale;
            float offset = norm.centered() ? offset(sum, scale, n) : -0f;
            for (int j = 0; j < n; j++) {
                v[row + j] = Fma.fma(v[row + j], scale, offset);
            }
            stretch(v, row, weight, bias, y, i);
        }
    }

    private static float mean(float[] x, int at, int n) {
        float first = n == 0 ? 0f : x[at];
        return first + CenteredSum.of(x, at, first, n) / n;
    }

    /**
     * Returns the sum of squares about the exact mean, from sums about a rounded one.
     *
     * @param sum of the differences from the rounded mean
     * @param square sum of their squares
     */
    public static float square(float sum, float square, int n) {
        return ScalarChannels.square(sum, square, n);
    }

    /** Returns what moves scaled differences from a rounded mean to those from the exact one. */
    public static float offset(float sum, float scale, int n) {
        return -(sum / n * scale);
    }

    /** Returns 1 / sqrt(square / n + eps); the root of a float in double rounds correctly. */
    public static float scale(RowNorm norm, float square, int n) {
        return 1f / (float) Math.sqrt(square / n + norm.eps());
    }

    private static void stretch(float[] v, int row, Matrix weight, Matrix bias, Matrix y, int i) {
        int yRow = start(y, i);
        int weightRow = weight == null ? 0 : start(weight, i % weight.rows());
        int biasRow = bias == null ? 0 : start(bias, i % bias.rows());
        for (int j = 0; j < y.cols(); j++) {
            float value = v[row + j];
            if (bias != null) {
                value = Fma.fma(value, weight.data()[weightRow + j], bias.data()[biasRow + j]);
            } else if (weight != null) {
                value *= weight.data()[weightRow + j];
            }
            y.data()[yRow + j] = value;
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
            int dyRow = start(dy, i);
            int dxRow = start(dx, i);
            int weightRow = weight == null ? 0 : start(weight, i % weight.rows());
            for (int j = 0; j < n; j++) {
                float d = dy.data()[dyRow + j];
                g[dxRow + j] = weight == null ? d : d * weight.data()[weightRow + j];
            }
            float a = norm.centered() ? StridedSum.sum(g, dxRow, n) / n : 0f;
            float b = StridedSum.dot(g, dxRow, v, row, n) / n;
            float scale = scales.data()[scales.offset() + i];
            for (int j = 0; j < n; j++) {
                g[dxRow + j] = Fma.fma(-b, v[row + j], g[dxRow + j] - a) * scale;
            }
        }
    }

    @Override
    public void columnDots(Matrix x, Matrix y, float beta, Matrix sums, int from, int to) {
        float[] s = sums.data();
        for (int j = from; j < to; j++) {
            s[sums.offset() + j] = beta == 0 ? 0f : s[sums.offset() + j];
        }
        for (int i = 0; i < x.rows(); i++) {
            int xRow = start(x, i);
            int yRow = start(y, i);
            for (int j = from; j < to; j++) {
                int at = sums.offset() + j;
                s[at] = Fma.fma(x.data()[xRow + j], y.data()[yRow + j], s[at]);
            }
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
