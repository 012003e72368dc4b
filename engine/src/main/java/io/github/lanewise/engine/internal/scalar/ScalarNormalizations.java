package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
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
            float mean = norm.centered() ? StridedSum.sum(x.data(), xRow, n) / n : 0f;
            for (int j = 0; j < n; j++) {
                v[row + j] = x.data()[xRow + j] - mean;
            }
            float square = StridedSum.dot(v, row, v, row, n);
            float scale = scale(norm, square, n);
            scales.data()[scales.offset() + i] = scale;
            for (int j = 0; j < n; j++) {
                v[row + j] *= scale;
            }
            stretch(v, row, weight, bias, y, i);
        }
    }

    /** Returns 1 / sqrt(square / n + epsilon); the root of a float in double rounds correctly. */
    public static float scale(RowNorm norm, float square, int n) {
        return 1f / (float) Math.sqrt(square / n + norm.epsilon());
    }

    private static void stretch(float[] v, int row, Matrix weight, Matrix bias, Matrix y, int i) {
        int yRow = start(y, i);
        int weightRow = weight == null ? 0 : start(weight, i % weight.rows());
        int biasRow = bias == null ? 0 : start(bias, i % bias.rows());
        for (int j = 0; j < y.cols(); j++) {
            float value = v[row + j];
            if (bias != null) {
                value = Math.fma(value, weight.data()[weightRow + j], bias.data()[biasRow + j]);
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
                g[dxRow + j] = Math.fma(-b, v[row + j], g[dxRow + j] - a) * scale;
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
                s[at] = Math.fma(x.data()[xRow + j], y.data()[yRow + j], s[at]);
            }
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
