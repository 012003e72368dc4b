package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;

/**
 * Some rows of a<sup>T</sup>, packed by sixteens: what a tile multiplies lies side by side, whereas
 * rows of a that are a power of two apart take each other's place in the L1 cache.
 */
final class PackedRows {

    /** Rows of a group: two tiles, and a whole number of vectors of any width. */
    static final int ROWS = 16;

    private static final int L = Lanes.COUNT;

    private float[] data = new float[0];
    private int kc;

    float[] data() {
        return data;
    }

    /** Returns where row i of the first sum is; the next sum is {@link #ROWS} further. */
    int place(int i) {
        return i / ROWS * ROWS * kc + i % ROWS;
    }

    /** Packs mc rows of kc sums; element (i, p) of a is {@code a[from + i + p * lda]}. */
    void pack(float[] a, int from, int lda, int mc, int kc) {
        this.kc = kc;
        int size = Math.ceilDiv(mc, ROWS) * ROWS * kc;
        if (data.length < size) {
            data = new float[size];
        }
        int i = 0;
        for (; i + ROWS <= mc; i += ROWS) {
            packWhole(a, from + i, lda, kc, data, i * kc);
        }
        for (int p = 0; i < mc && p < kc; p++) {
            System.arraycopy(a, from + i + p * lda, data, i * kc + p * ROWS, mc - i);
        }
    }

    private static void packWhole(float[] a, int from, int lda, int kc, float[] to, int at) {
        for (int p = 0; p < kc; p++) {
            for (int i = 0; i < ROWS; i += L) {
                FLOAT_VECTOR
                        .cast(FloatVector.fromArray(Lanes.FLOATS, a, from + p * lda + i))
                        .intoArray(to, at + p * ROWS + i);
            }
        }
    }
}
