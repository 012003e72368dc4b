package io.github.lanewise.engine.internal.simd.rows;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.RowKernels;
import io.github.lanewise.engine.internal.simd.support.Scratch;

import java.util.Arrays;

/**
 * Whole vectors along a row, then its tail element by element: masks would serve AVX-512 alone (on
 * NEON the Vector API's stand-in for a masked store allocates), and tails are short.
 */
public final class SimdRows implements RowKernels {

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
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, v, at + j))
                        .add(fromArray(FLOATS, r, rowStart + j))
                        .intoArray(v, at + j);
            }
            for (int j = done; j < n; j++) {
                v[at + j] += r[rowStart + j];
            }
        }
    }

    @Override
    public void columnSums(
            Matrix x, int fromRow, int toRow, float beta, Matrix sums, int from, int to) {
        int done = from + FLOATS.loopBound(to - from);
        int first = sums.offset() + from;
        if (beta == 0) {
            Arrays.fill(sums.data(), first, sums.offset() + done, 0f);
        }
        addRows(x, fromRow, toRow, from, sums.data(), first, done - from);
        if (done < to) {
            sumTail(x, fromRow, toRow, beta, sums, done, to - done);
        }
    }

    /**
     * Adds up fewer columns than a vector has lanes: in whole vectors, of which the lanes that
     * reach into the next row are dropped, as far as the array goes, then element by element.
     */
    private static void sumTail(
            Matrix x, int fromRow, int toRow, float beta, Matrix sums, int from, int width) {
        float[] buffer = Scratch.mine().e;
        int first = sums.offset() + from;
        for (int j = 0; j < COUNT; j++) {
            buffer[j] = beta == 0 || j >= width ? 0f : sums.data()[first + j];
        }
        int room = Math.floorDiv(x.data().length - COUNT - start(x, 0) - from, Math.max(1, x.ld()));
        int whole = Math.clamp(room + 1, fromRow, toRow);
        addRows(x, fromRow, whole, from, buffer, 0, COUNT);
        for (int i = whole; i < toRow; i++) {
            int at = start(x, i) + from;
            for (int j = 0; j < width; j++) {
                buffer[j] += x.data()[at + j];
            }
        }
        System.arraycopy(buffer, 0, sums.data(), first, width);
    }

    private static void addRows(
            Matrix x, int fromRow, int toRow, int from, float[] sums, int at, int n) {
        int i = fromRow;
        for (; i <= toRow - 8; i += 8) {
            addEightRows(x.data(), start(x, i) + from, x.ld(), sums, at, n);
        }
        for (; i < toRow; i++) {
            addRow(x.data(), start(x, i) + from, sums, at, n);
        }
    }

    /** Goes along rows, for memory likes that; eight at once, to touch the sums less often. */
    private static void addEightRows(float[] x, int row, int ld, float[] sums, int at, int n) {
        for (int j = 0; j < n; j += COUNT) {
            int i = row + j;
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, sums, at + j))
                    .add(fromArray(FLOATS, x, i))
                    .add(fromArray(FLOATS, x, i + ld))
                    .add(fromArray(FLOATS, x, i + 2 * ld))
                    .add(fromArray(FLOATS, x, i + 3 * ld))
                    .add(fromArray(FLOATS, x, i + 4 * ld))
                    .add(fromArray(FLOATS, x, i + 5 * ld))
                    .add(fromArray(FLOATS, x, i + 6 * ld))
                    .add(fromArray(FLOATS, x, i + 7 * ld))
                    .intoArray(sums, at + j);
        }
    }

    private static void addRow(float[] x, int row, float[] sums, int at, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, sums, at + j))
                    .add(fromArray(FLOATS, x, row + j))
                    .intoArray(sums, at + j);
        }
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
    public double sum(float[] x, int offset, int n) {
        return WideSums.sum(x, offset, n);
    }

    @Override
    public double dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return WideSums.dot(x, xOffset, y, yOffset, n);
    }

    @Override
    public double weightedSum(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return WideSums.weighted(x, xOffset, y, yOffset, n);
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
