package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block of a<sup>T</sup>, packed: a micropanel for each tile, which holds the MR rows that the
 * tile multiplies, sum after sum: element (i, p) of a micropanel is {@code data[at + p * MR + i]}.
 */
final class PackedRows {

    private static final int MR = MicroKernel.MR;

    /** As many lanes as rows of a tile, or half. */
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(
                    float.class, VectorShape.forBitSize(Math.min(Lanes.BITS, MR * Float.SIZE)));

    private float[] data = new float[0];

    /** Makes room for so many micropanels of kc sums. */
    void reserve(int panels, int kc) {
        if (data.length < panels * kc * MR) {
            data = new float[panels * kc * MR];
        }
    }

    float[] data() {
        return data;
    }

    /** Packs a micropanel: {@code data[at + p * MR + i] = a[from + p * lda + i]}. */
    void pack(float[] a, int from, int lda, int kc, int at) {
        for (int p = 0, next = from; p < kc; p++, next += lda) {
            for (int i = 0; i < MR; i += S.length()) {
                FloatVector.fromArray(S, a, next + i).intoArray(data, at + p * MR + i);
            }
        }
    }
}
