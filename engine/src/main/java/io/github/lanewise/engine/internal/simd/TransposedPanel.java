package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * Packs a micropanel of b<sup>T</sup>: reads NR rows of b, writes them as columns.
 *
 * <p>Squares of L x L elements (L lanes) are transposed in two passes over four vectors each: the
 * first transposes 4 x 4 blocks within vectors, the second the blocks themselves. A pass is two
 * <i>exchanges</i>: at distance d, the lanes of two vectors whose numbers differ in bit d change
 * places.
 */
final class TransposedPanel {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Vectors of four lanes in a vector. */
    private static final int GROUPS = L / 4;

    private static final int NR = MicroKernel.NR;

    private static final VectorShuffle<Float> UP_1 = shift(-1);
    private static final VectorShuffle<Float> UP_2 = shift(-2);
    private static final VectorShuffle<Float> UP_4 = shift(-4);
    private static final VectorShuffle<Float> UP_8 = shift(-8);
    private static final VectorShuffle<Float> DOWN_1 = shift(1);
    private static final VectorShuffle<Float> DOWN_2 = shift(2);
    private static final VectorShuffle<Float> DOWN_4 = shift(4);
    private static final VectorShuffle<Float> DOWN_8 = shift(8);
    private static final VectorMask<Float> BIT_1 = lanesWithBit(1);
    private static final VectorMask<Float> BIT_2 = lanesWithBit(2);
    private static final VectorMask<Float> BIT_4 = lanesWithBit(4);
    private static final VectorMask<Float> BIT_8 = lanesWithBit(8);

    /** A square between the passes: vector g of residue r lies at (r * GROUPS + g) * L. */
    private final float[] square = new float[L * L];

    private static VectorShuffle<Float> shift(int by) {
        return VectorShuffle.fromOp(S, lane -> lane + by & L - 1);
    }

    private static VectorMask<Float> lanesWithBit(int bit) {
        boolean[] lanes = new boolean[L];
        for (int lane = 0; lane < L; lane++) {
            lanes[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(S, lanes, 0);
    }

    /**
     * Packs kc columns of nr rows of b: {@code packed[at + p * NR + q] = b[from + q * ldb + p]},
     * and 0 for q from nr to NR.
     */
    void pack(float[] b, int from, int ldb, int kc, int nr, float[] packed, int at) {
        int q = 0;
        for (; q + L <= nr; q += L) {
            int p = 0;
            for (; p + L <= kc; p += L) {
                square(b, from + q * ldb + p, ldb, packed, at + p * NR + q);
            }
            columns(b, from + q * ldb, ldb, p, kc, L, packed, at + q);
        }
        if (q < nr) {
            columns(b, from + q * ldb, ldb, 0, kc, nr - q, packed, at + q);
        }
        for (int p = 0; nr < NR && p < kc; p++) {
            Arrays.fill(packed, at + p * NR + nr, at + (p + 1) * NR, 0f);
        }
    }

    private static void columns(
            float[] b, int from, int ldb, int p, int kc, int width, float[] packed, int at) {
        for (; p < kc; p++) {
            for (int q = 0; q < width; q++) {
                packed[at + p * NR + q] = b[from + q * ldb + p];
            }
        }
    }

    private void square(float[] b, int from, int ldb, float[] packed, int at) {
        for (int g = 0; g < GROUPS; g++) {
            withinVectors(b, from + 4 * g * ldb, ldb, square, g * L);
        }
        for (int r = 0; r < 4; r++) {
            if (L == 16) {
                blocksOf16(square, r * GROUPS * L, packed, at + r * NR);
            } else if (L == 8) {
                blocksOf8(square, r * GROUPS * L, packed, at + r * NR);
            } else {
                System.arraycopy(square, r * L, packed, at + r * NR, L);
            }
        }
    }

    private static void withinVectors(float[] b, int from, int ldb, float[] square, int at) {
        FloatVector v0 = FloatVector.fromArray(S, b, from);
        FloatVector v1 = FloatVector.fromArray(S, b, from + ldb);
        FloatVector v2 = FloatVector.fromArray(S, b, from + 2 * ldb);
        FloatVector v3 = FloatVector.fromArray(S, b, from + 3 * ldb);
        FloatVector w0 = v0.blend(v1.rearrange(UP_1), BIT_1);
        FloatVector w1 = v0.rearrange(DOWN_1).blend(v1, BIT_1);
        FloatVector w2 = v2.blend(v3.rearrange(UP_1), BIT_1);
        FloatVector w3 = v2.rearrange(DOWN_1).blend(v3, BIT_1);
        w0.blend(w2.rearrange(UP_2), BIT_2).intoArray(square, at);
        w1.blend(w3.rearrange(UP_2), BIT_2).intoArray(square, at + GROUPS * L);
        w0.rearrange(DOWN_2).blend(w2, BIT_2).intoArray(square, at + 2 * GROUPS * L);
        w1.rearrange(DOWN_2).blend(w3, BIT_2).intoArray(square, at + 3 * GROUPS * L);
    }

    private static void blocksOf16(float[] square, int from, float[] packed, int at) {
        FloatVector v0 = FloatVector.fromArray(S, square, from);
        FloatVector v1 = FloatVector.fromArray(S, square, from + L);
        FloatVector v2 = FloatVector.fromArray(S, square, from + 2 * L);
        FloatVector v3 = FloatVector.fromArray(S, square, from + 3 * L);
        FloatVector w0 = v0.blend(v1.rearrange(UP_4), BIT_4);
        FloatVector w1 = v0.rearrange(DOWN_4).blend(v1, BIT_4);
        FloatVector w2 = v2.blend(v3.rearrange(UP_4), BIT_4);
        FloatVector w3 = v2.rearrange(DOWN_4).blend(v3, BIT_4);
        w0.blend(w2.rearrange(UP_8), BIT_8).intoArray(packed, at);
        w1.blend(w3.rearrange(UP_8), BIT_8).intoArray(packed, at + 4 * NR);
        w0.rearrange(DOWN_8).blend(w2, BIT_8).intoArray(packed, at + 8 * NR);
        w1.rearrange(DOWN_8).blend(w3, BIT_8).intoArray(packed, at + 12 * NR);
    }

    private static void blocksOf8(float[] square, int from, float[] packed, int at) {
        FloatVector v0 = FloatVector.fromArray(S, square, from);
        FloatVector v1 = FloatVector.fromArray(S, square, from + L);
        v0.blend(v1.rearrange(UP_4), BIT_4).intoArray(packed, at);
        v0.rearrange(DOWN_4).blend(v1, BIT_4).intoArray(packed, at + 4 * NR);
    }
}
