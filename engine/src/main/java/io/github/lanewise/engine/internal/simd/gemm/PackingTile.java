package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link FullTile} that packs the rows of b which it reads, in the shadow of its sums. */
final class PackingTile {

    private static final int NR = MicroKernel.NR;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private PackingTile() {}

    static void run(
            int k,
            float[] a,
            int aOffset,
            int aRow,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            int ldc,
            float[] packed,
            int packedOffset,
            boolean load) {
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
        if (load) {
            // unroll i < 8, j < 2
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c01 = FloatVector.fromArray(S, c, cOffset + L);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c11 = FloatVector.fromArray(S, c, cOffset + ldc + L);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c21 = FloatVector.fromArray(S, c, cOffset + 2 * ldc + L);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c31 = FloatVector.fromArray(S, c, cOffset + 3 * ldc + L);
            c40 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            c41 = FloatVector.fromArray(S, c, cOffset + 4 * ldc + L);
            c50 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            c51 = FloatVector.fromArray(S, c, cOffset + 5 * ldc + L);
            c60 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            c61 = FloatVector.fromArray(S, c, cOffset + 6 * ldc + L);
            c70 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
            c71 = FloatVector.fromArray(S, c, cOffset + 7 * ldc + L);
            // end
        }
        int a0 = aOffset;
        // unroll the rest of i < 8
        // int a{i} = a{i-1} + aRow;
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int a6 = a5 + aRow;
        int a7 = a6 + aRow;
        // end
        int bp = bOffset;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bp));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bp + L));
            b0.intoArray(packed, packedOffset + p * NR);
            b1.intoArray(packed, packedOffset + p * NR + L);
            FloatVector ai;
            // unroll i < 8, j < 2
            // ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a{i} + p]));
            // c{i}{j} = ai.fma(b{j}, c{i}{j});
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a0 + p]));
            c00 = ai.fma(b0, c00);
            c01 = ai.fma(b1, c01);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a1 + p]));
            c10 = ai.fma(b0, c10);
            c11 = ai.fma(b1, c11);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a2 + p]));
            c20 = ai.fma(b0, c20);
            c21 = ai.fma(b1, c21);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a3 + p]));
            c30 = ai.fma(b0, c30);
            c31 = ai.fma(b1, c31);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a4 + p]));
            c40 = ai.fma(b0, c40);
            c41 = ai.fma(b1, c41);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a5 + p]));
            c50 = ai.fma(b0, c50);
            c51 = ai.fma(b1, c51);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a6 + p]));
            c60 = ai.fma(b0, c60);
            c61 = ai.fma(b1, c61);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a7 + p]));
            c70 = ai.fma(b0, c70);
            c71 = ai.fma(b1, c71);
            // end
            bp += ldb;
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
}
