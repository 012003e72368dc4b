package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of {@link MicroKernel} for rows of b that lie anywhere and rows of a that are packed:
 *
 * <pre>
 *   c(i, j) = sum over p of a[aOffset + p * MR + i] * b[bOffset + places[p] + j]
 * </pre>
 *
 * <p>Rows of a where they lie would take eight more general registers, which there are not.
 */
final class PlacedTile {

    private static final int MR = MicroKernel.MR;

    private static final int HALF = MR / 2;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private PlacedTile() {}

    /** Computes a tile of c, whose rows are {@code ldc} apart. */
    static void run(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int[] places,
            float[] c,
            int cOffset,
            int ldc) {
        if (Lanes.REGISTERS >= 32) {
            full(k, a, aOffset, b, bOffset, places, c, cOffset, ldc);
            return;
        }
        half(k, a, aOffset, b, bOffset, places, c, cOffset, ldc);
        half(k, a, aOffset + HALF, b, bOffset, places, c, cOffset + HALF * ldc, ldc);
    }

    /** Eight rows, for 32 vector registers. */
    private static void full(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int[] places,
            float[] c,
            int cOffset,
            int ldc) {
        FloatVector c00 = FloatVector.zero(S);
        // unroll the rest of i < 8, j < 2
        // FloatVector c{i}{j} = c00;
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
        // end
        for (int p = 0; p < k; p++) {
            int at = bOffset + places[p];
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            FloatVector b1 = FloatVector.fromArray(S, b, at + L);
            FloatVector ai;
            // unroll i < 8, j < 2
            // ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR{+i}]));
            // c{i}{j} = ai.fma(b{j}, c{i}{j});
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR]));
            c00 = ai.fma(b0, c00);
            c01 = ai.fma(b1, c01);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 1]));
            c10 = ai.fma(b0, c10);
            c11 = ai.fma(b1, c11);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 2]));
            c20 = ai.fma(b0, c20);
            c21 = ai.fma(b1, c21);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 3]));
            c30 = ai.fma(b0, c30);
            c31 = ai.fma(b1, c31);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 4]));
            c40 = ai.fma(b0, c40);
            c41 = ai.fma(b1, c41);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 5]));
            c50 = ai.fma(b0, c50);
            c51 = ai.fma(b1, c51);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 6]));
            c60 = ai.fma(b0, c60);
            c61 = ai.fma(b1, c61);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 7]));
            c70 = ai.fma(b0, c70);
            c71 = ai.fma(b1, c71);
            // end
        }
        // unroll i < 8, j < 2
        // FLOAT_VECTOR.cast(c{i}{j}).intoArray(c, cOffset{+i*ldc}{+j*L});
        FLOAT_VECTOR.cast(c00).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(c01).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(c10).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(c11).intoArray(c, cOffset + ldc + L);
        FLOAT_VECTOR.cast(c20).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(c21).intoArray(c, cOffset + 2 * ldc + L);
        FLOAT_VECTOR.cast(c30).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(c31).intoArray(c, cOffset + 3 * ldc + L);
        FLOAT_VECTOR.cast(c40).intoArray(c, cOffset + 4 * ldc);
        FLOAT_VECTOR.cast(c41).intoArray(c, cOffset + 4 * ldc + L);
        FLOAT_VECTOR.cast(c50).intoArray(c, cOffset + 5 * ldc);
        FLOAT_VECTOR.cast(c51).intoArray(c, cOffset + 5 * ldc + L);
        FLOAT_VECTOR.cast(c60).intoArray(c, cOffset + 6 * ldc);
        FLOAT_VECTOR.cast(c61).intoArray(c, cOffset + 6 * ldc + L);
        FLOAT_VECTOR.cast(c70).intoArray(c, cOffset + 7 * ldc);
        FLOAT_VECTOR.cast(c71).intoArray(c, cOffset + 7 * ldc + L);
        // end
    }

    /** Four rows, for 16 vector registers. */
    private static void half(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int[] places,
            float[] c,
            int cOffset,
            int ldc) {
        FloatVector c00 = FloatVector.zero(S);
        // unroll the rest of i < 4, j < 2
        // FloatVector c{i}{j} = c00;
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        // end
        for (int p = 0; p < k; p++) {
            int at = bOffset + places[p];
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            FloatVector b1 = FloatVector.fromArray(S, b, at + L);
            FloatVector ai;
            // unroll i < 4, j < 2
            // ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR{+i}]));
            // c{i}{j} = ai.fma(b{j}, c{i}{j});
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR]));
            c00 = ai.fma(b0, c00);
            c01 = ai.fma(b1, c01);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 1]));
            c10 = ai.fma(b0, c10);
            c11 = ai.fma(b1, c11);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 2]));
            c20 = ai.fma(b0, c20);
            c21 = ai.fma(b1, c21);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p * MR + 3]));
            c30 = ai.fma(b0, c30);
            c31 = ai.fma(b1, c31);
            // end
        }
        // unroll i < 4, j < 2
        // FLOAT_VECTOR.cast(c{i}{j}).intoArray(c, cOffset{+i*ldc}{+j*L});
        FLOAT_VECTOR.cast(c00).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(c01).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(c10).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(c11).intoArray(c, cOffset + ldc + L);
        FLOAT_VECTOR.cast(c20).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(c21).intoArray(c, cOffset + 2 * ldc + L);
        FLOAT_VECTOR.cast(c30).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(c31).intoArray(c, cOffset + 3 * ldc + L);
        // end
    }
}
