package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.support.Transposition;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/** Some columns of b, packed by micropanels of NR: a tile reads its rows of b side by side. */
final class PackedColumns {

    /** Micropanels that are copied at a time: a piece of a row long enough to be prefetched. */
    static final int ABREAST = 4;

    private static final int NR = MicroKernel.NR;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private final Transposition transposition = Transposition.inPasses();
    private float[] data = new float[0];

    float[] data() {
        return data;
    }

    void reserve(int floats) {
        if (data.length < floats) {
            data = new float[floats];
        }
    }

    /**
     * Packs kc sums of {@link #ABREAST} micropanels, the first to {@code at} and each other behind
     * the last; element (p, j) of b is {@code b[from + p * ldb + j]}.
     */
    void copyAbreast(float[] b, int from, int ldb, int kc, int at) {
        copyAbreast(b, from, ldb, kc, data, at, kc * NR);
    }

    private static void copyAbreast(
            float[] b, int from, int ldb, int kc, float[] data, int at, int panel) {
        int at1 = at + panel;
        int at2 = at1 + panel;
        int at3 = at2 + panel;
        for (int p = 0; p < kc; p++) {
            int row = from + p * ldb;
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + L));
            FloatVector b2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 2 * L));
            FloatVector b3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 3 * L));
            FloatVector b4 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 4 * L));
            FloatVector b5 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 5 * L));
            FloatVector b6 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 6 * L));
            FloatVector b7 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, row + 7 * L));
            b0.intoArray(data, at + p * NR);
            b1.intoArray(data, at + p * NR + L);
            b2.intoArray(data, at1 + p * NR);
            b3.intoArray(data, at1 + p * NR + L);
            b4.intoArray(data, at2 + p * NR);
            b5.intoArray(data, at2 + p * NR + L);
            b6.intoArray(data, at3 + p * NR);
            b7.intoArray(data, at3 + p * NR + L);
        }
    }

    /** Packs a micropanel of which the first nr columns count; the others become 0. */
    void copy(float[] b, int from, int ldb, int kc, int nr, int at) {
        if (nr == NR) {
            copyWhole(b, from, ldb, kc, data, at);
            return;
        }
        for (int p = 0; p < kc; p++) {
            System.arraycopy(b, from + p * ldb, data, at + p * NR, nr);
            Arrays.fill(data, at + p * NR + nr, at + (p + 1) * NR, 0f);
        }
    }

    private static void copyWhole(float[] b, int from, int ldb, int kc, float[] data, int at) {
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, from + p * ldb));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, from + p * ldb + L));
            b0.intoArray(data, at + p * NR);
            b1.intoArray(data, at + p * NR + L);
        }
    }

    /** Packs a micropanel of b<sup>T</sup>; element (p, j) is {@code b[from + p + j * ldb]}. */
    void transpose(float[] b, int from, int ldb, int kc, int nr, int at) {
        transposition.run(nr, kc, b, from, ldb, data, at, NR);
        for (int p = 0; nr < NR && p < kc; p++) {
            Arrays.fill(data, at + p * NR + nr, at + (p + 1) * NR, 0f);
        }
    }

    /** Copies rows of b one behind the other, so that each holds a whole vector at least. */
    void widenRows(float[] b, int from, int step, int col, int k, int n) {
        int length = Math.max(n, L);
        reserve(k * length);
        int p = 0;
        if (col == 1) {
            // What follows a row of b is copied too and multiplied, and the result dropped.
            int last = b.length - length - from;
            for (; p < k && p * step <= last; p++) {
                FLOAT_VECTOR
                        .cast(FloatVector.fromArray(S, b, from + p * step))
                        .intoArray(data, p * length);
            }
        }
        for (; p < k; p++) {
            for (int j = 0; j < n; j++) {
                data[p * length + j] = b[from + p * step + j * col];
            }
        }
    }
}
