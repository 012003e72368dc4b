package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Losses of whole rows; see {@link io.github.lanewise.engine.Losses}. Every sum is taken by a
 * kernel set's own wide sum, which has the same bits in all sets; the loops between are pointwise.
 * So one text serves all sets.
 */
public final class LossRows {

    /** Keeps the cosine of a row of zeros finite; PyTorch's constant. */
    private static final double COSINE_EPSILON = 1e-12;

    private LossRows() {}

    /** Fills the targets of the rows from {@code from} to {@code to}. */
    public static void ofLabels(
            ClassTargets rule, int[] labels, Matrix targets, Matrix weights, int from, int to) {
        int n = targets.cols();
        float spread = rule.labelSmoothing() / n;
        float own = spread + (1f - rule.labelSmoothing());
        Matrix w = rule.classWeights();
        float[] q = targets.data();
        for (int i = from; i < to; i++) {
            int row = start(targets, i);
            int label = labels[i];
            boolean counts = label != rule.ignoreIndex();
            Arrays.fill(q, row, row + n, counts ? spread : 0f);
            if (counts) {
                q[row + label] = own;
                multiply(w, q, row, n);
            }
            float weight = w == null ? 1f : w.data()[w.offset() + (counts ? label : 0)];
            weights.data()[weights.offset() + i] = counts ? weight : 0f;
        }
    }

    /** Smooths and weighs the rows from {@code from} to {@code to}. */
    public static void ofProbabilities(
            ClassTargets rule, Matrix probabilities, Matrix targets, int from, int to) {
        int n = targets.cols();
        float spread = rule.labelSmoothing() / n;
        float rest = 1f - rule.labelSmoothing();
        for (int i = from; i < to; i++) {
            int pRow = start(probabilities, i);
            int row = start(targets, i);
            for (int j = 0; j < n; j++) {
                float p = probabilities.data()[pRow + j];
                targets.data()[row + j] = Fma.fma(rest, p, spread);
            }
            multiply(rule.classWeights(), targets.data(), row, n);
        }
    }

    private static void multiply(Matrix w, float[] q, int row, int n) {
        if (w != null) {
            for (int j = 0; j < n; j++) {
                q[row + j] = w.data()[w.offset() + j] * q[row + j];
            }
        }
    }

    /** Takes the multi-class hinge loss of row i. */
    public static void multiMargin(
            RowKernels rows,
            boolean squared,
            float margin,
            float weight,
            Matrix x,
            int label,
            float scale,
            Matrix losses,
            Matrix dx,
            int i) {
        int n = x.cols();
        float[] v = x.data();
        float[] d = dx.data();
        int xRow = start(x, i);
        int dxRow = start(dx, i);
        float base = margin - v[xRow + label];
        for (int j = 0; j < n; j++) {
            float z = base + v[xRow + j];
            d[dxRow + j] = z <= 0 || j == label ? 0f : z;
        }
        float share = weight / n;
        double sum =
                squared
                        ? DoubleSum.dot(rows, d, dxRow, d, dxRow, n)
                        : DoubleSum.sum(rows, d, dxRow, n);
        losses.data()[losses.offset() + i] = share == 0 ? 0f : (float) (share * sum);
        float c = scale * share;
        for (int j = 0; j < n; j++) {
            float z = base + v[xRow + j];
            float slope = squared && c != 0 ? 2f * c * z : c;
            d[dxRow + j] = z <= 0 || j == label ? 0f : slope;
        }
        d[dxRow + label] = (float) -DoubleSum.sum(rows, d, dxRow, n);
    }

    /** Takes the cosine embedding loss of row i. */
    public static void cosine(
            RowKernels rows,
            Matrix x,
            Matrix y,
            int sign,
            float margin,
            float scale,
            Matrix losses,
            Matrix dx,
            Matrix dy,
            int i) {
        int n = x.cols();
        int xRow = start(x, i);
        int yRow = start(y, i);
        double xx = DoubleSum.dot(rows, x.data(), xRow, x.data(), xRow, n) + COSINE_EPSILON;
        double yy = DoubleSum.dot(rows, y.data(), yRow, y.data(), yRow, n) + COSINE_EPSILON;
        double inverse = 1 / (Math.sqrt(xx) * Math.sqrt(yy));
        double c = DoubleSum.dot(rows, x.data(), xRow, y.data(), yRow, n) * inverse;
        boolean like = sign == 1;
        boolean enough = !like && c - margin < 0;
        losses.data()[losses.offset() + i] = enough ? 0f : (float) (like ? 1 - c : c - margin);
        double s = like ? -scale : enough ? 0 : scale;
        combine(s * inverse, y.data(), yRow, -s * c / xx, x.data(), xRow, dx, i);
        combine(s * inverse, x.data(), xRow, -s * c / yy, y.data(), yRow, dy, i);
    }

    /** Row i of c = alpha a + beta b, in double: alpha is tiny where a is huge. */
    private static void combine(
            double alpha, float[] a, int aRow, double beta, float[] b, int bRow, Matrix c, int i) {
        int row = start(c, i);
        if (alpha == 0) {
            Arrays.fill(c.data(), row, row + c.cols(), 0f);
            return;
        }
        for (int j = 0; j < c.cols(); j++) {
            c.data()[row + j] = (float) (alpha * a[aRow + j] + beta * b[bRow + j]);
        }
    }

    /** Takes the triplet margin loss of row i. */
    public static void tripletMargin(
            RowKernels rows,
            Matrix x,
            float margin,
            float eps,
            float scale,
            Matrix losses,
            Matrix dx,
            int i) {
        int n = x.cols() / 3;
        int xRow = start(x, i);
        int dxRow = start(dx, i);
        float[] v = x.data();
        float[] d = dx.data();
        for (int j = 0; j < n; j++) {
            d[dxRow + n + j] = v[xRow + j] - v[xRow + n + j] + eps;
            d[dxRow + 2 * n + j] = v[xRow + j] - v[xRow + 2 * n + j] + eps;
        }
        float near = norm(rows, d, dxRow + n, n);
        float far = norm(rows, d, dxRow + 2 * n, n);
        float loss = margin + near - far;
        boolean enough = loss < 0;
        losses.data()[losses.offset() + i] = enough ? 0f : loss;
        float pull = enough || near == 0 ? 0f : scale / near;
        float push = enough || far == 0 ? 0f : scale / far;
        for (int j = 0; j < n; j++) {
            float toPositive = pull * d[dxRow + n + j];
            float toNegative = push * d[dxRow + 2 * n + j];
            d[dxRow + j] = toPositive - toNegative;
            d[dxRow + n + j] = -toPositive;
            d[dxRow + 2 * n + j] = toNegative;
        }
    }

    private static float norm(RowKernels rows, float[] d, int at, int n) {
        return (float) Math.sqrt(DoubleSum.dot(rows, d, at, d, at, n));
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
