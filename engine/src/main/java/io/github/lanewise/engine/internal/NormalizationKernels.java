package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;

/**
 * Operations that normalize rows; see {@link io.github.lanewise.engine.Normalizations} for the
 * mathematics. Each computes the rows (or columns) from {@code from} to {@code to} of its output.
 */
public interface NormalizationKernels {

    void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y,
            int from,
            int to);

    void normalizeGradient(
            RowNorm norm,
            Matrix normalized,
            Matrix scales,
            Matrix weight,
            Matrix dy,
            Matrix dx,
            int from,
            int to);

    void columnDots(Matrix x, Matrix y, float beta, Matrix sums, int from, int to);
}
