package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;

/**
 * Adds a short bias to rows that lie one after another, as if they were one long row: the bias is
 * written again and again until every vector finds its part of it in one piece.
 */
final class NarrowBias {

    private static final int L = Lanes.COUNT;

    private float[] repeated = new float[0];

    /** Adds to {@code size} elements from {@code at} on, where a row begins. */
    void add(Matrix bias, float[] y, int at, int size) {
        int n = bias.cols();
        if (size == 0) {
            return;
        }
        repeat(bias, n);
        float[] row = repeated;
        int whole = Lanes.FLOATS.loopBound(size);
        int step = L % n;
        for (int j = 0, part = 0; j < whole; j += L) {
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(Lanes.FLOATS, y, at + j))
                    .add(FloatVector.fromArray(Lanes.FLOATS, row, part))
                    .intoArray(y, at + j);
            part += step;
            part -= part >= n ? n : 0;
        }
        for (int j = whole; j < size; j++) {
            y[at + j] += row[j % n];
        }
    }

    private void repeat(Matrix bias, int n) {
        if (repeated.length < n + L) {
            repeated = new float[n + L];
        }
        System.arraycopy(bias.data(), bias.offset(), repeated, 0, n);
        for (int j = n; j < n + L; j++) {
            repeated[j] = repeated[j - n];
        }
    }
}
