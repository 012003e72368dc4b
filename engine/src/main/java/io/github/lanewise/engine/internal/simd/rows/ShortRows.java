package io.github.lanewise.engine.internal.simd.rows;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax, its logarithm, their gradients and cross-entropy over rows too short for a vector, such
 * as ten classes: each lane takes a row.
 *
 * <p>A group of rows is copied with rows and columns exchanged, so that whatever is done to an
 * element of a row is done to those of many rows at once. A short row's sum is in plain ascending
 * order, so the lanes keep it. Each step goes through the whole group: a vector that is read too
 * soon after its elements were written one by one would have to wait for them. One object serves
 * one thread.
 */
final class ShortRows {

    /** Rows of this length or more are summed in strides, see {@code Kernels}. */
    static final int LIMIT = 16;

    /** Fewer rows are sooner done one by one. */
    static final int MIN_ROWS = 4;

    /** Rows of a group, a multiple of the lanes. */
    private static final int GROUP = 64;

    private static final PerThread<ShortRows> MINE = PerThread.withInitial(ShortRows::new);

    /** Element j of row r is at j * GROUP + r. */
    private final float[] columns = new float[LIMIT * GROUP];

    /** The same of the exponentials. */
    private final float[] e = new float[LIMIT * GROUP];

    private final float[] sum = new float[GROUP];
    private final float[] log = new float[GROUP];
    private final float[] labelled = new float[GROUP];

    private ShortRows() {}

    /** Returns the calling thread's. */
    static ShortRows mine() {
        return MINE.get();
    }

    void softmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i += GROUP) {
            int rows = Math.min(GROUP, to - i);
            load(x, i, rows);
            exponentiate(x.cols(), rows);
            openEmptySums(rows);
            normalize(1f, x.cols(), rows);
            store(e, y, i, rows);
        }
    }

    void logSoftmax(Matrix x, Matrix y, int from, int to) {
        for (int i = from; i < to; i += GROUP) {
            int rows = Math.min(GROUP, to - i);
            load(x, i, rows);
            exponentiate(x.cols(), rows);
            logarithms(rows);
            subtractLogarithms(x.cols(), rows);
            store(columns, y, i, rows);
        }
    }

    void crossEntropy(
            Matrix logits,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dLogits,
            int from,
            int to) {
        for (int i = from; i < to; i += GROUP) {
            int rows = Math.min(GROUP, to - i);
            load(logits, i, rows);
            exponentiate(logits.cols(), rows);
            logarithms(rows);
            for (int r = 0; r < rows; r++) {
                float logit = columns[labels[i + r] * GROUP + r];
                losses.data()[losses.offset() + i + r] = log[r] - logit;
            }
            if (dLogits != null) {
                gradient(labels, scale, dLogits, i, rows);
            }
        }
    }

    /** The labels' own elements are set last, so that vectors need not wait for single values. */
    private void gradient(int[] labels, float scale, Matrix dLogits, int i, int rows) {
        for (int r = 0; r < rows; r++) {
            float softmax = e[labels[i + r] * GROUP + r] * (1f / sum[r]);
            labelled[r] = scale * (softmax - 1f);
        }
        normalize(scale, dLogits.cols(), rows);
        for (int r = 0; r < rows; r++) {
            e[labels[i + r] * GROUP + r] = labelled[r];
        }
        store(e, dLogits, i, rows);
    }

    /** Copies rows into the lanes; unused lanes take the last row again. */
    private void load(Matrix x, int i, int rows) {
        int n = x.cols();
        int ld = x.ld();
        float[] data = x.data();
        int first = x.offset() + i * ld;
        int end = Math.ceilDiv(rows, COUNT) * COUNT;
        for (int j = 0; j < n; j++) {
            int column = j * GROUP;
            int at = first + j;
            for (int r = 0; r < rows; r++, at += ld) {
                columns[column + r] = data[at];
            }
            for (int r = rows; r < end; r++) {
                columns[column + r] = data[at - ld];
            }
        }
    }

    private void store(float[] from, Matrix y, int i, int rows) {
        int n = y.cols();
        int ld = y.ld();
        float[] data = y.data();
        int first = y.offset() + i * ld;
        for (int j = 0; j < n; j++) {
            int column = j * GROUP;
            for (int r = 0, at = first + j; r < rows; r++, at += ld) {
                data[at] = from[column + r];
            }
        }
    }

    /** Subtracts each row's maximum; takes the exponentials and their sum. */
    private void exponentiate(int n, int rows) {
        subtractMaximum(n, rows);
        if (rows > GROUP - COUNT) {
            SimdMath.exp(SimdMath.VALUE, 1f, columns, 0, 0f, e, 0, n * GROUP);
        } else {
            int whole = Math.ceilDiv(rows, COUNT) * COUNT;
            for (int at = 0; at < n * GROUP; at += GROUP) {
                SimdMath.exp(SimdMath.VALUE, 1f, columns, at, 0f, e, at, whole);
            }
        }
        for (int r = 0; r < rows; r += COUNT) {
            FloatVector s = FloatVector.zero(FLOATS);
            for (int at = r; at < n * GROUP; at += GROUP) {
                s = FLOAT_VECTOR.cast(fromArray(FLOATS, e, at)).add(s);
            }
            FLOAT_VECTOR.cast(s).intoArray(sum, r);
        }
    }

    /** Subtracts each row's maximum; from minus infinity alone nothing. */
    private void subtractMaximum(int n, int rows) {
        FloatVector zero = ZERO.broadcast(0f);
        FloatVector least = ZERO.broadcast(Float.NEGATIVE_INFINITY);
        for (int r = 0; r < rows; r += COUNT) {
            FloatVector m = ZERO.broadcast(Float.NEGATIVE_INFINITY);
            for (int at = r; at < n * GROUP; at += GROUP) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, columns, at));
                m = FLOAT_VECTOR.cast(m).blend(v, v.compare(GT, m));
            }
            FloatVector shift = zero.add(zero.blend(m, least.compare(LT, m)));
            for (int at = r; at < n * GROUP; at += GROUP) {
                FLOAT_VECTOR.cast(fromArray(FLOATS, columns, at)).sub(shift).intoArray(columns, at);
            }
        }
    }

    /** Makes sums of 0 infinite, so that what they divide becomes 0. */
    private void openEmptySums(int rows) {
        FloatVector infinity = ZERO.broadcast(Float.POSITIVE_INFINITY);
        for (int r = 0; r < rows; r += COUNT) {
            FloatVector s = FLOAT_VECTOR.cast(fromArray(FLOATS, sum, r));
            s.blend(infinity, s.compare(EQ, 0f)).intoArray(sum, r);
        }
    }

    private void logarithms(int rows) {
        SimdMath.log(sum, 0, log, 0, Math.ceilDiv(rows, COUNT) * COUNT);
    }

    /** e = scale * (e / sum), by the reciprocal of the sum. */
    private void normalize(float scale, int n, int rows) {
        for (int r = 0; r < rows; r += COUNT) {
            FloatVector inverse = ZERO.broadcast(1f).div(fromArray(FLOATS, sum, r));
            for (int at = r; at < n * GROUP; at += GROUP) {
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, e, at))
                        .mul(inverse)
                        .mul(scale)
                        .intoArray(e, at);
            }
        }
    }

    private void subtractLogarithms(int n, int rows) {
        for (int r = 0; r < rows; r += COUNT) {
            FloatVector l = fromArray(FLOATS, log, r);
            for (int at = r; at < n * GROUP; at += GROUP) {
                FLOAT_VECTOR.cast(fromArray(FLOATS, columns, at)).sub(l).intoArray(columns, at);
            }
        }
    }
}
