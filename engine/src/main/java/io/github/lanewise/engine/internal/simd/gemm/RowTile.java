package io.github.lanewise.engine.internal.simd.gemm;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of a single row of c, in tiles of some vectors whose sums stay in registers; b
 * and load are as for {@link SmallTile}.
 *
 * <p>A row of b that comes from the L2 cache must be read in ascending order, else it takes half as
 * long again. C2 puts reads at constant distances in any order; so the wide tiles read four vectors
 * at a time, at a distance that C2 does not know ({@code four}, the length of four vectors).
 */
final class RowTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private RowTile() {}

    /** One row of sixteen vectors; element p of a is {@code a[aOffset + p]}. */
    static void sixteen(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            int four,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        // unroll the rest of i < 16
        // FloatVector s{i} = s0;
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        FloatVector s10 = s0;
        FloatVector s11 = s0;
        FloatVector s12 = s0;
        FloatVector s13 = s0;
        FloatVector s14 = s0;
        FloatVector s15 = s0;
        // end
        if (load) {
            // unroll i < 16
            // s{i} = FloatVector.fromArray(S, c, cOffset{+i*L});
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * L);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * L);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * L);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * L);
            s8 = FloatVector.fromArray(S, c, cOffset + 8 * L);
            s9 = FloatVector.fromArray(S, c, cOffset + 9 * L);
            s10 = FloatVector.fromArray(S, c, cOffset + 10 * L);
            s11 = FloatVector.fromArray(S, c, cOffset + 11 * L);
            s12 = FloatVector.fromArray(S, c, cOffset + 12 * L);
            s13 = FloatVector.fromArray(S, c, cOffset + 13 * L);
            s14 = FloatVector.fromArray(S, c, cOffset + 14 * L);
            s15 = FloatVector.fromArray(S, c, cOffset + 15 * L);
            // end
        }
        for (int p = 0, b0 = bOffset; p < k; p++, b0 += ldb) {
            int b1 = b0 + four;
            int b2 = b1 + four;
            int b3 = b2 + four;
            FloatVector factor = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p]));
            // unroll i < 16
            // s{i} = factor.fma(FloatVector.fromArray(S, b, b{i/4}{+i%4*L}), s{i});
            s0 = factor.fma(FloatVector.fromArray(S, b, b0), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, b0 + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, b0 + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, b0 + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(S, b, b1), s4);
            s5 = factor.fma(FloatVector.fromArray(S, b, b1 + L), s5);
            s6 = factor.fma(FloatVector.fromArray(S, b, b1 + 2 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(S, b, b1 + 3 * L), s7);
            s8 = factor.fma(FloatVector.fromArray(S, b, b2), s8);
            s9 = factor.fma(FloatVector.fromArray(S, b, b2 + L), s9);
            s10 = factor.fma(FloatVector.fromArray(S, b, b2 + 2 * L), s10);
            s11 = factor.fma(FloatVector.fromArray(S, b, b2 + 3 * L), s11);
            s12 = factor.fma(FloatVector.fromArray(S, b, b3), s12);
            s13 = factor.fma(FloatVector.fromArray(S, b, b3 + L), s13);
            s14 = factor.fma(FloatVector.fromArray(S, b, b3 + 2 * L), s14);
            s15 = factor.fma(FloatVector.fromArray(S, b, b3 + 3 * L), s15);
            // end
        }
        // unroll i < 16
        // FLOAT_VECTOR.cast(s{i}).intoArray(c, cOffset{+i*L});
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(s1).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(s2).intoArray(c, cOffset + 2 * L);
        FLOAT_VECTOR.cast(s3).intoArray(c, cOffset + 3 * L);
        FLOAT_VECTOR.cast(s4).intoArray(c, cOffset + 4 * L);
        FLOAT_VECTOR.cast(s5).intoArray(c, cOffset + 5 * L);
        FLOAT_VECTOR.cast(s6).intoArray(c, cOffset + 6 * L);
        FLOAT_VECTOR.cast(s7).intoArray(c, cOffset + 7 * L);
        FLOAT_VECTOR.cast(s8).intoArray(c, cOffset + 8 * L);
        FLOAT_VECTOR.cast(s9).intoArray(c, cOffset + 9 * L);
        FLOAT_VECTOR.cast(s10).intoArray(c, cOffset + 10 * L);
        FLOAT_VECTOR.cast(s11).intoArray(c, cOffset + 11 * L);
        FLOAT_VECTOR.cast(s12).intoArray(c, cOffset + 12 * L);
        FLOAT_VECTOR.cast(s13).intoArray(c, cOffset + 13 * L);
        FLOAT_VECTOR.cast(s14).intoArray(c, cOffset + 14 * L);
        FLOAT_VECTOR.cast(s15).intoArray(c, cOffset + 15 * L);
        // end
    }

    /** One row of eight vectors. */
    static void eight(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            int four,
            float[] c,
            int cOffset,
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
            // s{i} = FloatVector.fromArray(S, c, cOffset{+i*L});
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * L);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * L);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * L);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * L);
            // end
        }
        for (int p = 0, b0 = bOffset; p < k; p++, b0 += ldb) {
            int b1 = b0 + four;
            FloatVector factor = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p]));
            // unroll i < 8
            // s{i} = factor.fma(FloatVector.fromArray(S, b, b{i/4}{+i%4*L}), s{i});
            s0 = factor.fma(FloatVector.fromArray(S, b, b0), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, b0 + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, b0 + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, b0 + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(S, b, b1), s4);
            s5 = factor.fma(FloatVector.fromArray(S, b, b1 + L), s5);
            s6 = factor.fma(FloatVector.fromArray(S, b, b1 + 2 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(S, b, b1 + 3 * L), s7);
            // end
        }
        // unroll i < 8
        // FLOAT_VECTOR.cast(s{i}).intoArray(c, cOffset{+i*L});
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(s1).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(s2).intoArray(c, cOffset + 2 * L);
        FLOAT_VECTOR.cast(s3).intoArray(c, cOffset + 3 * L);
        FLOAT_VECTOR.cast(s4).intoArray(c, cOffset + 4 * L);
        FLOAT_VECTOR.cast(s5).intoArray(c, cOffset + 5 * L);
        FLOAT_VECTOR.cast(s6).intoArray(c, cOffset + 6 * L);
        FLOAT_VECTOR.cast(s7).intoArray(c, cOffset + 7 * L);
        // end
    }

    /** One row of four vectors. */
    static void four(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        // unroll the rest of i < 4
        // FloatVector s{i} = s0;
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        // end
        if (load) {
            // unroll i < 4
            // s{i} = FloatVector.fromArray(S, c, cOffset{+i*L});
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
            // end
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p]));
            // unroll i < 4
            // s{i} = factor.fma(FloatVector.fromArray(S, b, bp{+i*L}), s{i});
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
            // end
        }
        // unroll i < 4
        // FLOAT_VECTOR.cast(s{i}).intoArray(c, cOffset{+i*L});
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(s1).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(s2).intoArray(c, cOffset + 2 * L);
        FLOAT_VECTOR.cast(s3).intoArray(c, cOffset + 3 * L);
        // end
    }

    /** One row of one vector. */
    static void one(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        if (load) {
            s0 = FloatVector.fromArray(S, c, cOffset);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FLOAT_VECTOR.cast(FloatVector.broadcast(S, a[aOffset + p]));
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
        }
        FLOAT_VECTOR.cast(s0).intoArray(c, cOffset);
    }
}
