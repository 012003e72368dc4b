package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Half a tile of {@link MicroKernel}, four rows: for products of no more, and for CPUs with 16
 * vector registers (x86 without AVX-512), where eight sums are just enough to hide the latency of
 * two FMA pipes, and sixteen would not leave a register for a and b. The same methods, for the
 * upper four rows of theirs.
 */
public final class HalfTile {

    private static final int NR = MicroKernel.NR;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private HalfTile() {}

    /** Computes a tile of four rows; element (i, p) of a is {@code a[aOffset + i * aRow + p]}. */
    public static void tile(
            int k,
            float[] a,
            int aOffset,
            int aRow,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
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
        if (load) {
            // unroll i < 4, j < 2
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c01 = FloatVector.fromArray(S, c, cOffset + L);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c11 = FloatVector.fromArray(S, c, cOffset + ldc + L);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c21 = FloatVector.fromArray(S, c, cOffset + 2 * ldc + L);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c31 = FloatVector.fromArray(S, c, cOffset + 3 * ldc + L);
            // end
        }
        int a0 = aOffset;
        // unroll the rest of i < 4
        // int a{i} = a{i-1} + aRow;
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        // end
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bOffset + p * NR));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bOffset + p * NR + L));
            FloatVector ai;
            // unroll i < 4, j < 2
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

    static void columnsTile(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
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
        if (load) {
            // unroll i < 4, j < 2
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c01 = FloatVector.fromArray(S, c, cOffset + L);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c11 = FloatVector.fromArray(S, c, cOffset + ldc + L);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c21 = FloatVector.fromArray(S, c, cOffset + 2 * ldc + L);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c31 = FloatVector.fromArray(S, c, cOffset + 3 * ldc + L);
            // end
        }
        for (int p = 0, ap = aOffset; p < k; p++, ap += aStep) {
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bOffset + p * NR));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bOffset + p * NR + L));
            FloatVector ai;
            // unroll i < 4, j < 2
            // ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap{+i}]));
            // c{i}{j} = ai.fma(b{j}, c{i}{j});
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap]));
            c00 = ai.fma(b0, c00);
            c01 = ai.fma(b1, c01);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 1]));
            c10 = ai.fma(b0, c10);
            c11 = ai.fma(b1, c11);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 2]));
            c20 = ai.fma(b0, c20);
            c21 = ai.fma(b1, c21);
            ai = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 3]));
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

    static void packingTile(
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
        if (load) {
            // unroll i < 4, j < 2
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c01 = FloatVector.fromArray(S, c, cOffset + L);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c11 = FloatVector.fromArray(S, c, cOffset + ldc + L);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c21 = FloatVector.fromArray(S, c, cOffset + 2 * ldc + L);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c31 = FloatVector.fromArray(S, c, cOffset + 3 * ldc + L);
            // end
        }
        int a0 = aOffset;
        // unroll the rest of i < 4
        // int a{i} = a{i-1} + aRow;
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        // end
        int bp = bOffset;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bp));
            FloatVector b1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, b, bp + L));
            b0.intoArray(packed, packedOffset + p * NR);
            b1.intoArray(packed, packedOffset + p * NR + L);
            FloatVector ai;
            // unroll i < 4, j < 2
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
            // end
            bp += ldb;
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
