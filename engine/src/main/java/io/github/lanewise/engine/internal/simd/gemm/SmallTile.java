package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of small products: tiles of c whose sums stay in vector registers while p runs.
 *
 * <p>Row p of b begins at {@code b[bOffset + p * ldb]} and is read where it lies. A tile of c is
 * read only if {@code load}, and written whole. C2 takes the checks of an index out of a loop only
 * if the index grows by a constant, and merges those of neighbours: hence a tile for each way in
 * which a lies.
 */
public final class SmallTile {

    /** Rows of a tile that is a vector wide. */
    static final int ROWS = 8;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private SmallTile() {}

    /** Eight rows of one vector; element (i, p) of a is {@code a[aOffset + i * aRow + p]}. */
    public static void rows(
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
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        // unroll the rest of i < 8
        // FloatVector s{i} = s0;
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        // end
        if (load) {
            // unroll i < 8
            // s{i} = FloatVector.fromArray(S, c, cOffset{+i*ldc});
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + ldc);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
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
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp);
            // unroll i < 8
            // s{i} = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a{i} + p])).fma(row, s{i});
            s0 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a0 + p])).fma(row, s0);
            s1 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a1 + p])).fma(row, s1);
            s2 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a2 + p])).fma(row, s2);
            s3 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a3 + p])).fma(row, s3);
            s4 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a4 + p])).fma(row, s4);
            s5 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a5 + p])).fma(row, s5);
            s6 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a6 + p])).fma(row, s6);
            s7 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[a7 + p])).fma(row, s7);
            // end
        }
        // unroll i < 8
        // FLOAT_VECTOR.cast(s{i}).intoArray(c, cOffset{+i*ldc});
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(s1).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(s2).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(s3).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(s4).intoArray(c, cOffset + 4 * ldc);
        FLOAT_VECTOR.cast(s5).intoArray(c, cOffset + 5 * ldc);
        FLOAT_VECTOR.cast(s6).intoArray(c, cOffset + 6 * ldc);
        FLOAT_VECTOR.cast(s7).intoArray(c, cOffset + 7 * ldc);
        // end
    }

    /** Eight rows of one vector; element (i, p) of a is {@code a[aOffset + i + p * aStep]}. */
    public static void columns(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        // unroll the rest of i < 8
        // FloatVector s{i} = s0;
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        // end
        if (load) {
            // unroll i < 8
            // s{i} = FloatVector.fromArray(S, c, cOffset{+i*ldc});
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + ldc);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
            // end
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp);
            // unroll i < 8
            // s{i} = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap{+i}])).fma(row, s{i});
            s0 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap])).fma(row, s0);
            s1 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 1])).fma(row, s1);
            s2 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 2])).fma(row, s2);
            s3 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 3])).fma(row, s3);
            s4 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 4])).fma(row, s4);
            s5 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 5])).fma(row, s5);
            s6 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 6])).fma(row, s6);
            s7 = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[ap + 7])).fma(row, s7);
            // end
        }
        // unroll i < 8
        // FLOAT_VECTOR.cast(s{i}).intoArray(c, cOffset{+i*ldc});
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(s1).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(s2).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(s3).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(s4).intoArray(c, cOffset + 4 * ldc);
        FLOAT_VECTOR.cast(s5).intoArray(c, cOffset + 5 * ldc);
        FLOAT_VECTOR.cast(s6).intoArray(c, cOffset + 6 * ldc);
        FLOAT_VECTOR.cast(s7).intoArray(c, cOffset + 7 * ldc);
        // end
    }
}
